#pragma once
/// @file PushContext: what the pushes that are known say about a failed run. Pure.

#include <QString>
#include <optional>
#include <string>

#include "ui/models/push_model.h"

namespace cerebral::ui {

/// What is in the service's pods now, "main@b60e6e6 in 2/2 pods", and since when.
struct LiveImage {
    QString words;  ///< empty: not known
    std::optional<WallTime> since;
};
[[nodiscard]] LiveImage liveImage(const PushModel& pushes, const std::string& service);

/// So many pushes brought the branch from `before` to `after`; 0 when not each of them is known.
[[nodiscard]] int pushesBetween(const PushModel& pushes, const std::string& branch, const std::string& before,
                                const std::string& after);

}  // namespace cerebral::ui
