#pragma once
/// @file Segment: what one segment of a strip says: bar, figure, words. Pure; painted by widgets/strip.h.

#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

#include "core/journey/journey.h"
#include "ui/models/format.h"
#include "ui/models/stage_medians.h"

namespace cerebral::ui {

/// What still ticks, written as what has ended beside it: "18 s", "2:13".
[[nodiscard]] QString elapsedText(Millis duration);

enum class SegmentBar : std::uint8_t { Done, Live, Running, Failed, Cancelled, Stuck, Waiting, Skipped, Held };
enum class SegmentTone : std::uint8_t { Plain, Quiet, Run, Ok, Bad, Stuck, Off };

struct Segment {
    SegmentBar bar = SegmentBar::Waiting;
    double fill = 0;   ///< 0…1
    double ghost = 0;  ///< 0…1; 0: none
    SegmentTone tone = SegmentTone::Plain;
    bool glyph = false;     ///< the state's glyph before the words
    bool timedOut = false;  ///< failed, by the clock
    bool mono = false;
    QString figure;  ///< the coloured part
    QString brief;   ///< instead of `figure` where that does not fit
    QString remark;  ///< instead of `figure` where the first detail, which must be read, does not fit beside it
    /// Quiet parts behind it, the most important first; those that do not fit are left out.
    QStringList details;
    /// One bar each when several services share the segment.
    std::vector<Segment> cells;
};

/// When something was: "06:14", of another day "29 Nov 23:58".
void sayMoment(Segment& segment, WallTime when, qint64 nowMs);

struct SegmentContext {
    const StageMedians& medians;
    qint64 nowMs = 0;
    bool held = false;       ///< the connection is lost: nothing that may be over is claimed
    bool narrow = false;     ///< the image shows its digest only
    qint64 heldSinceMs = 0;  ///< when the last of it was seen
};

[[nodiscard]] Segment segmentOf(const journey::ServiceJourney& journey, journey::Stage stage,
                                const SegmentContext& context);
/// All services of a push in one segment; a single one is `segmentOf`.
[[nodiscard]] Segment segmentOf(const journey::Push& push, journey::Stage stage, const SegmentContext& context);
/// So many of a fan-out's services and more are not told apart in one segment.
inline constexpr std::size_t kFoldedFrom = 24;
/// Cells of one kind together, in the order of what they say; each with how many it stands for. Their fill is the
/// mean.
[[nodiscard]] std::vector<std::pair<Segment, int>> foldedCells(const std::vector<Segment>& cells);
/// What it failed of is a limit of time.
[[nodiscard]] bool hasTimedOut(const journey::ServiceJourney& journey);
/// Something of it goes on: what its segments say is another thing each second.
[[nodiscard]] bool isTicking(const journey::Push& push);

}  // namespace cerebral::ui
