#pragma once
/// @file How fresh the window is: the states of everything it watches, folded into one.

#include <QString>
#include <vector>

#include "core/base/clock.h"
#include "core/kube/sync_state.h"

namespace cerebral::ui {

struct KindSync {
    QString plural;  ///< "pipelineruns"
    kube::SyncState state;
    QString ns{};  ///< several may be followed
};

struct ConnectionSummary {
    enum class State : std::uint8_t { Loading, Live, Reconnecting, Forbidden, Disconnected };
    State state = State::Loading;
    int kindsLive = 0;
    int kindsLost = 0;
    int kindsRefused = 0;  ///< of different names
    int kinds = 0;
    qint64 ageMs = 0;   ///< Live: of the newest proof; Reconnecting: of the oldest lost kind
    qint64 seenMs = 0;  ///< once stale: when what the window shows was seen last, one time for all of it
    QString kind;       ///< the plural that is refused ("pods"); of several the first
    QString why;
    bool everRead = false;       ///< one kind at least was complete once
    std::vector<KindSync> each;  ///< what was folded
    SteadyTime at{};             ///< when: ages are counted until then

    /// Of its newest proof.
    [[nodiscard]] qint64 ageMsOf(const KindSync& sync) const;
    /// Why this kind may not be read in `ns`, in the server's words; empty: it may, or nobody has tried.
    [[nodiscard]] QString refusalOf(QLatin1String plural, const QString& ns) const;
    /// All of it there was at one time is known.
    [[nodiscard]] bool hasRead(QLatin1String plural, const QString& ns) const;
    /// That this kind may not be read is the worst there is to say.
    [[nodiscard]] bool refuses(QLatin1String plural) const { return state == State::Forbidden && kind == plural; }
    /// After 30 s without proof what ran may run no longer.
    [[nodiscard]] bool stale() const noexcept;
};

/// Worst first: reconnecting, refused, loading, live. No kinds at all: not connected.
[[nodiscard]] ConnectionSummary summarize(const std::vector<KindSync>& kinds, SteadyTime now);

/// Gives a stale summary its `seenMs`; `before` is the summary until now: two clocks that are read one after the
/// other must not move the time by a second.
void dateSummary(ConnectionSummary& summary, const ConnectionSummary& before, WallTime now);

}  // namespace cerebral::ui
