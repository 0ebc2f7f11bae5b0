#pragma once
/// @file AppLink: what a `cerebral://` link points at. Links only navigate.
///
/// `cerebral://run/NAMESPACE/NAME` and `cerebral://commit/SHA`. Anything else, also with a query, a user or
/// a port, is not a link of ours.

#include <QString>
#include <optional>

namespace cerebral::ui {

struct AppLink {
    enum class Kind : std::uint8_t { Run, Commit };
    Kind kind = Kind::Commit;
    QString ns;      ///< Run
    QString name;    ///< Run
    QString commit;  ///< Commit: 4 to 40 hexadecimal digits, lower case

    /// As it is written.
    [[nodiscard]] QString text() const;
    friend bool operator==(const AppLink&, const AppLink&) = default;
};

/// Text from outside, at most 2048 characters.
[[nodiscard]] std::optional<AppLink> parseAppLink(const QString& text);

}  // namespace cerebral::ui
