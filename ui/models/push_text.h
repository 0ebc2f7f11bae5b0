#pragma once
/// @file How a push is put into words. Text from outside stays plain text.

#include <QString>
#include <QStringList>

#include "core/journey/journey.h"

namespace cerebral::ui {

/// The commit's message; without one what happened: "Tag v2.8.0 pushed", "Rebuild: torch 2.5.1".
[[nodiscard]] QString pushTitle(const journey::Push& push);
/// What stands behind the sha: the service, "base image changed, 6 services", "rebuild by rs, 3 services".
[[nodiscard]] QString pushScope(const journey::Push& push);
/// "refs/tags/v2.8.0" for a tag, else the branch.
[[nodiscard]] QString pushBranch(const journey::Push& push);
/// Who pushed: author, else pusher, else who asked for the rebuild.
[[nodiscard]] QString pushPerson(const journey::Push& push);
/// "mk" of "Max Kern", "mk" and "max.kern@example.org".
[[nodiscard]] QString initialsOf(const QString& who);
/// "step build", "exit 1": what of them is known.
[[nodiscard]] QStringList failureWords(const journey::FailurePoint& failure);
[[nodiscard]] QString pushStateWord(journey::PushState state);

/// The whole row for a screen reader.
[[nodiscard]] QString spoken(const journey::Push& push);
[[nodiscard]] QString spoken(const journey::ServiceJourney& journey);

}  // namespace cerebral::ui
