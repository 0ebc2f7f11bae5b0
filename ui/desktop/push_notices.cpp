#include "ui/desktop/push_notices.h"

#include <algorithm>
#include <chrono>

#include "ui/models/format.h"
#include "ui/models/push_text.h"

namespace cerebral::ui {
namespace {

using journey::Push;
using journey::PushState;
using journey::ServiceJourney;
using journey::Stage;
using journey::StageState;

constexpr int kMostNamed = 3;

QString names(const std::vector<const ServiceJourney*>& services) {
    QStringList list;
    for (const ServiceJourney* service : services) {
        if (list.size() == kMostNamed) break;
        list << fromUtf8(service->service);
    }
    const auto more = static_cast<int>(services.size()) - static_cast<int>(list.size());
    QString text = list.join(QStringLiteral(", "));
    if (more > 0) text += QStringLiteral(" and %1 more").arg(more);
    return text;
}

std::vector<const ServiceJourney*> stopped(const Push& push, StageState state) {
    std::vector<const ServiceJourney*> found;
    for (const ServiceJourney& service : push.services) {
        const auto in = service.stoppedIn();
        if (in && service.stage(*in).state == state) found.push_back(&service);
    }
    return found;
}

QString where(const Push& push) {
    QStringList parts{pushBranch(push), shortSha(fromUtf8(push.commit)), pushPerson(push)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString servicesOf(const Push& push) {
    return push.isFanOut()         ? QStringLiteral("%1 services").arg(push.services.size())
           : push.services.empty() ? QString()
                                   : fromUtf8(push.services.front().service);
}

QString lines(const QString& first, const QString& second) {
    return first.isEmpty() ? second : first + QLatin1Char('\n') + second;
}

/// "failed in Build: step build, exit 1" of the first that failed.
void tellFailure(const Push& push, PushNotice& notice) {
    const auto failed = stopped(push, StageState::Failed);
    notice.status = Status::Failed;
    notice.urgent = true;
    if (failed.empty()) {
        notice.title = QStringLiteral("Failed: ") + pushTitle(push);
        notice.body = lines(servicesOf(push), where(push));
        return;
    }
    const ServiceJourney& first = *failed.front();
    const Stage stage = *first.stoppedIn();
    QStringList why;
    if (first.failure) why = failureWords(*first.failure);
    if (why.isEmpty() && !first.stage(stage).reason.empty()) why << fromUtf8(first.stage(stage).reason);
    notice.title = QStringLiteral("Failed in %1: %2").arg(QLatin1String(journey::toString(stage)), pushTitle(push));
    QString what = names(failed);
    if (!why.isEmpty()) what += QStringLiteral(": ") + why.join(QStringLiteral(", "));
    notice.body = lines(what, where(push));
    QStringList error{notice.title, what, where(push), fromUtf8(first.run.ns() + "/" + first.run.name())};
    if (first.failure && !first.failure->message.empty()) error << fromUtf8(first.failure->message);
    notice.error = error.join(QLatin1Char('\n'));
}

void tellStuck(const Push& push, PushNotice& notice) {
    const auto stuck = stopped(push, StageState::Stuck);
    notice.status = Status::Stuck;
    notice.urgent = true;
    if (stuck.empty() || !stuck.front()->stuck) {
        notice.title = QStringLiteral("Stuck: ") + pushTitle(push);
        notice.body = lines(servicesOf(push), where(push));
        return;
    }
    const journey::StuckPoint& point = *stuck.front()->stuck;
    notice.title =
        QStringLiteral("Stuck in %1: %2").arg(QLatin1String(journey::toString(point.stage)), pushTitle(push));
    notice.body = lines(names(stuck) + QStringLiteral(": ") + fromUtf8(point.reason), where(push));
    notice.error = lines(notice.title, notice.body + QLatin1Char('\n') + fromUtf8(point.words));
}

void tellLive(const Push& push, PushNotice& notice) {
    notice.status = Status::Live;
    notice.title = QStringLiteral("Live: ") + pushTitle(push);
    int ready = 0;
    int wanted = 0;
    std::optional<WallTime> last;
    for (const ServiceJourney& service : push.services) {
        if (!service.live) continue;
        ready += service.live->ready;
        wanted += service.live->wanted;
        if (service.live->since && (!last || *service.live->since > *last)) last = service.live->since;
    }
    QString what = servicesOf(push);
    if (wanted > 0) what += QStringLiteral(" in %1/%2 pods").arg(ready).arg(wanted);
    if (push.receivedAt && last && *last > *push.receivedAt) {
        what += QStringLiteral(", %1 after the push")
                    .arg(formatDuration(std::chrono::duration_cast<Millis>(*last - *push.receivedAt)));
    }
    notice.body = lines(what, where(push));
}

PushNotice noticeOf(const Push& push, PushState state) {
    PushNotice notice;
    notice.key = push.key;
    notice.last = true;
    const auto plain = [&](Status status, const QString& word) {
        notice.status = status;
        notice.title = word + QStringLiteral(": ") + pushTitle(push);
        notice.body = lines(servicesOf(push), where(push));
    };
    switch (state) {
        case PushState::Underway:
            plain(Status::Running, QStringLiteral("Building"));
            notice.last = false;
            break;
        case PushState::Stuck:
            tellStuck(push, notice);
            notice.last = false;
            break;
        case PushState::Failed:
            tellFailure(push, notice);
            break;
        case PushState::Live:
            tellLive(push, notice);
            break;
        case PushState::Built:
            plain(Status::Succeeded, QStringLiteral("Built"));
            break;
        case PushState::Superseded:
            plain(Status::Cancelled, QStringLiteral("Superseded"));
            break;
        case PushState::Replaced:
            plain(Status::Succeeded, QStringLiteral("Replaced"));
            break;
        default:
            plain(Status::Cancelled, QStringLiteral("Cancelled"));
            break;
    }
    return notice;
}

bool isOutcome(PushState state) {
    return state == PushState::Live || state == PushState::Failed || state == PushState::Stuck ||
           state == PushState::Built;
}

}  // namespace

void PushNotices::setScope(Scope scope, const QStringList& handles) {
    scope_ = scope;
    handles_ = handles;
}

void PushNotices::restart(WallTime since) {
    since_ = since;
    told_.clear();
}

bool PushNotices::wanted(const Push& push) const {
    if (scope_ != Scope::Mine) return scope_ == Scope::All;
    const QStringList people{fromUtf8(push.author), fromUtf8(push.pusher), fromUtf8(push.requestedBy)};
    return std::any_of(handles_.begin(), handles_.end(), [&](const QString& handle) {
        return !handle.isEmpty() && people.contains(handle, Qt::CaseInsensitive);
    });
}

void PushNotices::consider(const Push& push, std::vector<PushNotice>& out) {
    const PushState state = push.state();
    if (state == PushState::Unknown || state == PushState::Ignored || push.services.empty()) return;
    const auto [it, fresh] = told_.try_emplace(push.key);
    Told& told = it->second;
    const bool old = push.begunAt < since_;
    if (fresh && old && state != PushState::Underway && state != PushState::Stuck) told.over = true;
    // After "live" a push may be replaced: that is the newer one's news. After "failed" it may come up all the same,
    // or another service may fail.
    const bool recovers = told.over && told.shown && (state == PushState::Live || state == PushState::Failed) &&
                          !told.text.startsWith(QLatin1String("Live"));
    if (told.over && !recovers) return;
    PushNotice notice = noticeOf(push, state);
    told.over = notice.last;
    const QString text = notice.title + QLatin1Char('\n') + notice.body;
    if (text == told.text) return;
    const QString before = std::exchange(told.text, text);
    // Only ends are told of what was under way already; ends of no interest only mend what is on the screen.
    if (!told.shown && !isOutcome(state) && (old || notice.last)) return;
    if (fresh && old) return;
    if (before.isEmpty() && !told.shown && notice.last && !isOutcome(state)) return;
    if (!wanted(push)) return;
    told.shown = true;
    out.push_back(std::move(notice));
}

std::vector<PushNotice> PushNotices::take(const journey::PushChanges& changes) {
    std::vector<PushNotice> out;
    for (const std::string& key : changes.removed) told_.erase(key);
    for (const journey::PushPtr& push : changes.changed) consider(*push, out);
    return out;
}

}  // namespace cerebral::ui
