#include "ui/models/connection.h"

#include <QStringList>
#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

constexpr qint64 kStaleMs = 30'000;
/// Two readings of the clocks differ by less, two proofs by more.
constexpr qint64 kSameMomentMs = 500;

qint64 ageOf(const kube::SyncState& state, SteadyTime now) {
    const SteadyTime proof = state.lastProof == SteadyTime{} ? state.since : state.lastProof;
    return std::max<qint64>(0, std::chrono::duration_cast<Millis>(now - proof).count());
}

}  // namespace

qint64 ConnectionSummary::ageMsOf(const KindSync& sync) const {
    return ageOf(sync.state, at);
}

bool ConnectionSummary::stale() const noexcept {
    return state == State::Reconnecting && ageMs >= kStaleMs;
}

QString ConnectionSummary::refusalOf(QLatin1String plural, const QString& ns) const {
    const auto refused = std::find_if(each.begin(), each.end(), [&](const KindSync& sync) {
        return sync.plural == plural && sync.ns == ns && sync.state.phase == kube::SyncPhase::Forbidden;
    });
    return refused == each.end() ? QString() : fromUtf8(refused->state.why);
}

bool ConnectionSummary::hasRead(QLatin1String plural, const QString& ns) const {
    return std::any_of(each.begin(), each.end(), [&](const KindSync& sync) {
        return sync.plural == plural && sync.ns == ns && sync.state.hasSynced;
    });
}

ConnectionSummary summarize(const std::vector<KindSync>& kinds, SteadyTime now) {
    ConnectionSummary summary;
    summary.kinds = static_cast<int>(kinds.size());
    summary.each = kinds;
    summary.at = now;
    if (kinds.empty()) {
        summary.state = ConnectionSummary::State::Disconnected;
        return summary;
    }
    summary.everRead =
        std::any_of(kinds.begin(), kinds.end(), [](const KindSync& kind) { return kind.state.hasSynced; });
    const auto first = [&](kube::SyncPhase phase) {
        return std::find_if(kinds.begin(), kinds.end(), [&](const KindSync& k) { return k.state.phase == phase; });
    };
    summary.kindsLive = static_cast<int>(std::count_if(
        kinds.begin(), kinds.end(), [](const KindSync& k) { return k.state.phase == kube::SyncPhase::Live; }));
    const auto fold = [&](auto it, ConnectionSummary::State state) {
        summary.state = state;
        summary.kind = it->plural;
        summary.why = fromUtf8(it->state.why);
    };
    if (const auto lost = first(kube::SyncPhase::Reconnecting); lost != kinds.end()) {
        fold(lost, ConnectionSummary::State::Reconnecting);
        for (const KindSync& kind : kinds) {
            if (kind.state.phase == kube::SyncPhase::Reconnecting) {
                ++summary.kindsLost;
                summary.ageMs = std::max(summary.ageMs, ageOf(kind.state, now));
            }
        }
        return summary;
    }
    if (const auto refused = first(kube::SyncPhase::Forbidden); refused != kinds.end()) {
        fold(refused, ConnectionSummary::State::Forbidden);
        QStringList names;
        for (const KindSync& kind : kinds) {
            if (kind.state.phase == kube::SyncPhase::Forbidden && !names.contains(kind.plural)) names << kind.plural;
        }
        summary.kindsRefused = static_cast<int>(names.size());
        return summary;
    }
    if (const auto loading = first(kube::SyncPhase::Loading); loading != kinds.end()) {
        fold(loading, ConnectionSummary::State::Loading);
        return summary;
    }
    summary.state = ConnectionSummary::State::Live;
    summary.ageMs = ageOf(kinds.front().state, now);
    for (const KindSync& kind : kinds) summary.ageMs = std::min(summary.ageMs, ageOf(kind.state, now));
    return summary;
}

void dateSummary(ConnectionSummary& summary, const ConnectionSummary& before, WallTime now) {
    if (!summary.stale()) return;
    const qint64 seen = toMillis(now) - summary.ageMs;
    const bool same = before.seenMs != 0 && std::abs(before.seenMs - seen) < kSameMomentMs;
    summary.seenMs = same ? before.seenMs : seen;
}

}  // namespace cerebral::ui
