#include "ui/models/nothing_here.h"

#include <QRegularExpression>

#include "ui/models/format.h"
#include "ui/models/rebuild_plan.h"

namespace cerebral::ui {

QString wordsForNothing(ConnectionSummary::State state, const QString& what) {
    switch (state) {
        case ConnectionSummary::State::Loading:
            return QStringLiteral("Reading %1").arg(what);
        case ConnectionSummary::State::Forbidden:
            return QStringLiteral("No right to read %1").arg(what);
        case ConnectionSummary::State::Reconnecting:
        case ConnectionSummary::State::Disconnected:
            return QStringLiteral("Not known yet");
        case ConnectionSummary::State::Live:
            break;
    }
    return {};
}

QString noMatch(const QString& what, const QStringList& words) {
    const QString text = QStringLiteral("No %1 matches").arg(what);
    return words.isEmpty() ? text : QStringLiteral("%1 “%2”").arg(text, words.join(QLatin1Char(' ')));
}

QString plainRefusal(const QString& refusal) {
    static const QRegularExpression said(
        QStringLiteral("User \"([^\"]+)\" cannot (\\S+) resource \"([^\"]+)\"(?: in API group \"([^\"]*)\")?"
                       "(?: in the namespace \"([^\"]+)\")?"));
    const auto match = said.match(refusal);
    if (!match.hasMatch()) return refusal;
    QString words = QStringLiteral("account %1 may not %2 %3")
                        .arg(match.captured(1).section(QLatin1Char(':'), -1), match.captured(2), match.captured(3));
    if (!match.captured(4).isEmpty()) words += QLatin1Char('.') + match.captured(4);
    if (!match.captured(5).isEmpty()) words += QStringLiteral(" in ") + match.captured(5);
    return words;
}

QString grantCommand(const QString& refusal, const QString& ns) {
    static const QRegularExpression user(QStringLiteral("User \"([^\"]+)\" cannot "));
    const QString name = user.match(refusal).captured(1);
    const QString account = QStringLiteral("system:serviceaccount:");
    const QString whom = name.isEmpty()             ? QStringLiteral("--user=YOU")
                         : name.startsWith(account) ? QStringLiteral("--serviceaccount=") + name.mid(account.size())
                                                    : QStringLiteral("--user=") + name;
    return QStringLiteral("kubectl create rolebinding cerebral-desk-view --clusterrole=view %1 -n %2")
        .arg(shellQuoted(whom), shellQuoted(ns));
}

LostWords lostWords(const ConnectionSummary& summary, const QString& context, WallTime seen) {
    const QString cause = plainCause(summary.why);
    if (!summary.everRead) {
        return {QStringLiteral("No connection to %1").arg(context),
                QStringLiteral("Nothing of it has been read yet. ") + cause};
    }
    QString text = QStringLiteral("What you see is from %1. ").arg(formatClockSeconds(seen));
    // What still comes in is not old.
    if (summary.kindsLost < summary.kinds) {
        text = QStringLiteral("%1 of %2 watches are lost, what they showed is from %3. ")
                   .arg(summary.kindsLost)
                   .arg(summary.kinds)
                   .arg(formatClockSeconds(seen));
    }
    return {QStringLiteral("Connection to %1 lost").arg(context), text + cause};
}

QString nothingRead() {
    return QStringLiteral("What is in the cluster is not known yet; it is asked again and again.");
}

QString plainCause(const QString& why) {
    static const QRegularExpression refused(QStringLiteral("Failed to connect to (\\S+) port (\\d+)"));
    if (const auto match = refused.match(why); match.hasMatch())
        return QStringLiteral("Nobody answers at %1:%2.").arg(match.captured(1), match.captured(2));
    static const QRegularExpression unknown(QStringLiteral("Could not resolve host: (\\S+)"));
    if (const auto match = unknown.match(why); match.hasMatch())
        return QStringLiteral("%1 is not known to the name server.").arg(match.captured(1));
    return why;
}

}  // namespace cerebral::ui
