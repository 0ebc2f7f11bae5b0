#include "ui/models/push_text.h"

#include <QRegularExpression>

#include "ui/models/format.h"

namespace cerebral::ui {

using journey::Push;
using journey::PushState;

QString pushTitle(const Push& push) {
    if (!push.message.empty()) return fromUtf8(push.message);
    const QString ref = fromUtf8(push.ref);
    if (ref.startsWith(QLatin1String("refs/tags/"))) return QStringLiteral("Tag %1 pushed").arg(ref.mid(10));
    if (push.trigger == "rebuild") {
        return push.reason.empty() ? QStringLiteral("Rebuild")
                                   : QStringLiteral("Rebuild: %1").arg(fromUtf8(push.reason));
    }
    if (push.trigger.empty() && !push.services.empty()) return fromUtf8(push.services.front().run.name());
    const QString title = QStringLiteral("Push to %1").arg(pushBranch(push));
    return push.repository.empty() ? title : title + QStringLiteral(" of ") + fromUtf8(push.repository);
}

QString pushBranch(const Push& push) {
    const QString ref = fromUtf8(push.ref);
    if (ref.startsWith(QLatin1String("refs/tags/"))) return ref;
    return fromUtf8(push.branch);
}

QString pushPerson(const Push& push) {
    if (push.trigger == "rebuild" && !push.requestedBy.empty()) return fromUtf8(push.requestedBy);
    return fromUtf8(push.author.empty() ? push.pusher : push.author);
}

QStringList failureWords(const journey::FailurePoint& failure) {
    QStringList words;
    if (!failure.step.empty()) words << QStringLiteral("step ") + fromUtf8(failure.step);
    if (failure.exitCode) words << QStringLiteral("exit %1").arg(*failure.exitCode);
    return words;
}

QString pushScope(const Push& push) {
    QStringList parts;
    if (push.trigger == "base-image") parts << QStringLiteral("base image changed");
    if (push.trigger == "rebuild") {
        parts << (push.requestedBy.empty() ? QStringLiteral("rebuild")
                                           : QStringLiteral("rebuild by %1").arg(initialsOf(pushPerson(push))));
    }
    if (push.services.size() == 1) parts << fromUtf8(push.services.front().service);
    if (push.isFanOut()) parts << QStringLiteral("%1 services").arg(push.services.size());
    return parts.join(QStringLiteral(", "));
}

QString initialsOf(const QString& who) {
    static const QRegularExpression breaks(QStringLiteral("[\\s._-]+"));
    const QString name = who.section(QLatin1Char('@'), 0, 0).section(QLatin1Char(':'), -1);
    const QStringList parts = name.split(breaks, Qt::SkipEmptyParts);
    if (parts.size() > 1) return (parts.front().left(1) + parts.back().left(1)).toLower();
    return name.left(2).toLower();
}

QString pushStateWord(PushState state) {
    switch (state) {
        case PushState::Unknown:
            return QStringLiteral("unknown");
        case PushState::Underway:
            return QStringLiteral("under way");
        case PushState::Stuck:
            return QStringLiteral("stuck");
        case PushState::Failed:
            return QStringLiteral("failed");
        case PushState::Live:
            return QStringLiteral("live");
        case PushState::Built:
            return QStringLiteral("built");
        case PushState::Replaced:
            return QStringLiteral("replaced");
        case PushState::Superseded:
            return QStringLiteral("superseded");
        case PushState::Cancelled:
            return QStringLiteral("cancelled");
        case PushState::Ignored:
            return QStringLiteral("ignored");
    }
    return {};
}

QString spoken(const Push& push) {
    QStringList parts{pushTitle(push),
                      pushStateWord(push.state()),
                      pushBranch(push),
                      pushScope(push),
                      shortSha(fromUtf8(push.commit)),
                      pushPerson(push),
                      formatAbsolute(push.begunAt)};
    if (!push.ignoredReason.empty()) parts << fromUtf8(push.ignoredReason);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString spoken(const journey::ServiceJourney& journey) {
    const journey::Stage reached = journey.reached();
    return QStringLiteral("%1, %2 %3")
        .arg(fromUtf8(journey.service), fromUtf8(journey::toString(reached)),
             fromUtf8(journey::toString(journey.stage(reached).state)));
}

}  // namespace cerebral::ui
