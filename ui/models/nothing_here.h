#pragma once
/// @file What is said where nothing can be shown: why, and what would help. Pure.

#include <QString>
#include <QStringList>

#include "ui/models/connection.h"

namespace cerebral::ui {

/// Beside the title of a list nothing of which is known yet: never a number.
/// `what`: "runs".
[[nodiscard]] QString wordsForNothing(ConnectionSummary::State state, const QString& what);

/// "No run matches “main”"; without words "No run matches".
[[nodiscard]] QString noMatch(const QString& what, const QStringList& words);

/// What the API server refused (`User "NAME" cannot …` of its message): "account auditor may not get pods/log in
/// NAMESPACE". What is not understood is given whole.
[[nodiscard]] QString plainRefusal(const QString& refusal);

/// Gives whom the API server refused (`User "NAME" cannot …` of its message) the right to read in `ns`. One
/// who is not named there is written as YOU. Quoted for a shell.
[[nodiscard]] QString grantCommand(const QString& refusal, const QString& ns);

/// Of a connection that is lost: what is lost, from when it is what one sees, and why.
struct LostWords {
    QString title;
    QString text;
};
[[nodiscard]] LostWords lostWords(const ConnectionSummary& summary, const QString& context, WallTime seen);

/// Of a page of which nothing was ever read; why, the banner above it says.
[[nodiscard]] QString nothingRead();
/// Why the connection is lost in words, out of the text of the transport; what is not known is given whole.
[[nodiscard]] QString plainCause(const QString& why);

}  // namespace cerebral::ui
