#include "ui/models/segment.h"

#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/models/unmeasured_fill.h"

namespace cerebral::ui {
namespace {

using journey::ServiceJourney;
using journey::Stage;
using journey::StageState;
using journey::StageStatus;

constexpr double kLeastFill = 0.04;

std::optional<qint64> elapsedMs(const StageStatus& status, qint64 nowMs) {
    if (const auto over = status.duration()) return over->count();
    if (!status.start) return std::nullopt;
    return std::max<qint64>(0, nowMs - toMillis(status.start->at));
}

bool isTimeout(const StageStatus& status) {
    return status.reason == "PipelineRunTimeout" || status.reason == "TaskRunTimeout";
}

/// All that is known of a run whose TaskRuns are gone from the cluster: "Failed after 2:13".
QString wordsOfRun(const ServiceJourney& journey, const StageStatus& status) {
    const bool timedOut = isTimeout(status);
    QString words = timedOut || status.reason.empty() || status.reason == "Failed"
                        ? (timedOut ? QStringLiteral("Timed out") : QStringLiteral("Failed"))
                        : fromUtf8(status.reason);
    if (journey.runCreated && status.end && status.end->at > *journey.runCreated) {
        words += QStringLiteral(" after ") +
                 formatDuration(std::chrono::duration_cast<Millis>(status.end->at - *journey.runCreated));
    }
    return words;
}

/// How long it took; of Received, which most clusters know one moment of only, when it was.
void sayTime(Segment& segment, const StageStatus& status, Stage stage, const SegmentContext& context) {
    if (const auto duration = status.duration()) {
        segment.figure = formatDuration(*duration);
    } else if (const auto& moment = status.end ? status.end : status.start; moment && stage == Stage::Received) {
        sayMoment(segment, moment->at, context.nowMs);
    }
}

QString digestText(const ServiceJourney& journey, bool narrow) {
    const QString seven = shortDigest(journey.digest);
    const QString image = fromUtf8(journey.image);
    const qsizetype colon = image.lastIndexOf(QLatin1Char(':'));
    const bool tagged = colon > image.lastIndexOf(QLatin1Char('/'));
    return narrow || !tagged ? seven : image.mid(colon + 1) + QLatin1Char('@') + seven;
}

QString podsText(const ServiceJourney& journey) {
    return journey.live ? QStringLiteral("%1/%2").arg(journey.live->ready).arg(journey.live->wanted) : QString();
}

qint64 seenMs(const SegmentContext& context) {
    return context.heldSinceMs != 0 ? context.heldSinceMs : context.nowMs;
}

/// What went on or was held up when it was seen last may be over: grey, and in the past.
void fillHeld(Segment& segment, const QString& then, const SegmentContext& context) {
    segment.bar = SegmentBar::Held;
    if (then.isEmpty()) return;
    segment.brief = then;
    segment.figure = QStringLiteral("%1 at %2, unknown since")
                         .arg(then, formatClockSeconds(fromMillis(seenMs(context)), fromMillis(context.nowMs)));
}

void fillRunning(Segment& segment, const ServiceJourney& journey, Stage stage, const SegmentContext& context) {
    const auto elapsed = elapsedMs(journey.stage(stage), context.nowMs);
    if (context.held) {
        const auto then = elapsedMs(journey.stage(stage), seenMs(context));
        fillHeld(segment, then && stage != Stage::Live ? elapsedText(Millis(*then)) : QString(), context);
        if (stage == Stage::Live) segment.figure = podsText(journey);
        return;
    }
    segment.bar = SegmentBar::Running;
    segment.tone = SegmentTone::Run;
    if (stage == Stage::Live && journey.live) {
        segment.figure = podsText(journey);
        if (journey.live->wanted > 0)
            segment.fill = std::max(kLeastFill, static_cast<double>(journey.live->ready) / journey.live->wanted);
        return;
    }
    if (!elapsed) {
        segment.fill = kLeastFill;
        return;
    }
    if (segment.figure.isEmpty()) segment.figure = elapsedText(Millis(*elapsed));
    const auto median = context.medians.medianMs(journey.service, stage);
    if (!median) {
        segment.fill = unmeasuredFill(*elapsed);
        return;
    }
    const double scale = barScaleMs(*median, *elapsed);
    segment.fill = static_cast<double>(*elapsed) / scale;
    segment.ghost = static_cast<double>(*median) / scale;
    // Of whole seconds, as they are written: what is over and what is left make up the median.
    const qint64 left = (*median / 1000 - *elapsed / 1000) * 1000;
    // "~0 s left" and "+0 s" would say nothing.
    if (left > 0) segment.details << QStringLiteral("~%1 left").arg(elapsedText(Millis(left)));
    if (left < 0) segment.details << QStringLiteral("+%1").arg(elapsedText(Millis(-left)));
    // Beside the figure alone it would be taken for a part of it.
    if (!segment.details.isEmpty()) segment.details << QStringLiteral("median ") + elapsedText(Millis(*median));
    const auto p95 = context.medians.p95Ms(journey.service, stage);
    if (p95 && *elapsed > *p95 && left < 0) segment.tone = SegmentTone::Stuck;
}

void fillStuck(Segment& segment, const ServiceJourney& journey, Stage stage, const SegmentContext& context) {
    const StageStatus& status = journey.stage(stage);
    if (context.held) return fillHeld(segment, fromUtf8(status.reason), context);
    segment.bar = SegmentBar::Stuck;
    segment.tone = SegmentTone::Stuck;
    segment.glyph = true;
    segment.figure = fromUtf8(status.reason);
    const auto since = journey.stuck && journey.stuck->since ? std::optional(toMillis(*journey.stuck->since))
                       : status.start                        ? std::optional(toMillis(status.start->at))
                                                             : std::nullopt;
    if (since) segment.details << QStringLiteral("for ") + elapsedText(Millis(context.nowMs - *since));
}

void fillStopped(Segment& segment, const ServiceJourney& journey, Stage stage, const SegmentContext& context) {
    const auto elapsed = elapsedMs(journey.stage(stage), context.nowMs);
    const auto median = context.medians.stoppedMedianMs(journey, stage);
    segment.glyph = true;
    segment.fill = elapsed && median
                       ? std::clamp(static_cast<double>(*elapsed) / barScaleMs(*median, *elapsed), 0.08, 0.96)
                       : 0.84;
    QStringList words;
    if (elapsed) words << formatDuration(Millis(*elapsed));
    if (segment.bar == SegmentBar::Failed && isTimeout(journey.stage(stage))) {
        segment.timedOut = true;
        words = {elapsed ? QStringLiteral("Timed out after ") + formatDuration(Millis(*elapsed))
                         : wordsOfRun(journey, journey.stage(stage))};
    } else if (segment.bar == SegmentBar::Failed) {
        if (journey.failure) words << failureWords(*journey.failure);
        const QString reason = fromUtf8(journey.stage(stage).reason);
        if (words.size() < 2 && reason != QLatin1String("Failed")) words << reason;
        words.removeAll(QString());
        if (!elapsed && !journey.failure) words = {wordsOfRun(journey, journey.stage(stage))};
    } else if (journey.supersededBy) {
        words << QStringLiteral("superseded by ") + shortSha(fromUtf8(journey.supersededBy->commit));
    } else {
        words << QStringLiteral("cancelled");
    }
    words.removeAll(QString());
    segment.figure = words.join(QStringLiteral(" · "));
    if (words.size() > 2) segment.brief = words.front() + QStringLiteral(" · ") + words.back();
}

void fillDone(Segment& segment, const ServiceJourney& journey, Stage stage, const SegmentContext& context) {
    segment.bar = SegmentBar::Done;
    if (stage == Stage::Image) {
        segment.mono = true;
        segment.figure = digestText(journey, context.narrow);
        return;
    }
    if (stage == Stage::Live) {
        segment.bar = context.held ? SegmentBar::Done : SegmentBar::Live;
        segment.tone = context.held ? SegmentTone::Plain : SegmentTone::Ok;
        segment.glyph = true;
        segment.figure = podsText(journey);
        return;
    }
    sayTime(segment, journey.stage(stage), stage, context);
}

}  // namespace

QString elapsedText(Millis duration) {
    return duration < std::chrono::seconds(1) ? QStringLiteral("0 s") : formatDuration(duration);
}

void sayMoment(Segment& segment, WallTime when, qint64 nowMs) {
    segment.figure = formatClock(when, fromMillis(nowMs));
    segment.brief = formatClock(when, when);
}

Segment segmentOf(const ServiceJourney& journey, Stage stage, const SegmentContext& context) {
    const StageStatus& status = journey.stage(stage);
    Segment segment;
    switch (status.state) {
        case StageState::Done:
            fillDone(segment, journey, stage, context);
            break;
        case StageState::Running:
            fillRunning(segment, journey, stage, context);
            break;
        case StageState::Failed:
            segment.bar = SegmentBar::Failed;
            segment.tone = SegmentTone::Bad;
            fillStopped(segment, journey, stage, context);
            break;
        case StageState::Cancelled:
            segment.bar = SegmentBar::Cancelled;
            segment.tone = SegmentTone::Off;
            fillStopped(segment, journey, stage, context);
            break;
        case StageState::Stuck:
            fillStuck(segment, journey, stage, context);
            break;
        case StageState::Skipped:
            segment.bar = SegmentBar::Skipped;
            segment.tone = SegmentTone::Quiet;
            if (stage == Stage::Rollout) {
                // Below a failed build "not deployed" alone would read as what comes of it.
                segment.figure =
                    journey.mayDeploy ? QStringLiteral("not deployed") : QStringLiteral("branch is not deployed");
                segment.brief = QStringLiteral("not deployed");
            }
            break;
        case StageState::Replaced:
            segment.bar = SegmentBar::Done;
            segment.tone = SegmentTone::Quiet;
            segment.figure = QStringLiteral("replaced");
            break;
        case StageState::Pending:
        case StageState::Unknown:
            break;
    }
    return segment;
}

bool hasTimedOut(const ServiceJourney& journey) {
    const auto stopped = journey.stoppedIn();
    return stopped && isTimeout(journey.stage(*stopped));
}

std::vector<std::pair<Segment, int>> foldedCells(const std::vector<Segment>& cells) {
    std::vector<std::pair<Segment, int>> folded;
    for (const SegmentBar bar :
         {SegmentBar::Live, SegmentBar::Done, SegmentBar::Running, SegmentBar::Held, SegmentBar::Stuck,
          SegmentBar::Failed, SegmentBar::Cancelled, SegmentBar::Waiting, SegmentBar::Skipped}) {
        Segment all;
        all.bar = bar;
        int count = 0;
        for (const Segment& cell : cells) {
            if (cell.bar != bar) continue;
            all.fill += cell.fill;
            ++count;
        }
        if (count == 0) continue;
        all.fill /= count;
        folded.emplace_back(std::move(all), count);
    }
    return folded;
}

bool isTicking(const journey::Push& push) {
    const auto ticks = [](const StageStatus& status) {
        return status.state == StageState::Stuck || (status.start && !status.end && status.state != StageState::Done);
    };
    return std::any_of(push.services.begin(), push.services.end(), [&](const ServiceJourney& service) {
        return std::any_of(service.stages.begin(), service.stages.end(), ticks);
    });
}

Segment segmentOf(const journey::Push& push, Stage stage, const SegmentContext& context) {
    if (push.services.size() == 1) return segmentOf(push.services.front(), stage, context);
    Segment all;
    int running = 0;
    int queued = 0;
    int failed = 0;
    int stuck = 0;
    int cancelled = 0;
    for (const ServiceJourney& service : push.services) {
        all.cells.push_back(segmentOf(service, stage, context));
        const StageState state = service.stage(stage).state;
        running += state == StageState::Running ? 1 : 0;
        queued += state == StageState::Pending && service.runState == tekton::RunState::Pending ? 1 : 0;
        failed += state == StageState::Failed ? 1 : 0;
        stuck += state == StageState::Stuck ? 1 : 0;
        cancelled += state == StageState::Cancelled ? 1 : 0;
    }
    const journey::StageSummary summary = journey::summarize(push, stage);
    if (stage == Stage::Received) {
        const journey::StageStatus& first = push.services.front().stage(stage);
        sayTime(all, first, stage, context);
        all.cells.clear();
        all.bar = first.state == StageState::Done ? SegmentBar::Done : SegmentBar::Waiting;
        return all;
    }
    const bool begun = std::any_of(all.cells.begin(), all.cells.end(), [](const Segment& cell) {
        return cell.bar != SegmentBar::Waiting && cell.bar != SegmentBar::Skipped;
    });
    const auto replaced = std::count_if(
        push.services.begin(), push.services.end(),
        [&](const ServiceJourney& service) { return service.stage(stage).state == StageState::Replaced; });
    if (replaced > 0 && replaced < std::ssize(push.services)) {
        // "1/4" would read as three still to come.
        all.figure = QStringLiteral("%1 live").arg(summary.done);
        all.details << QStringLiteral("%1 replaced").arg(replaced);
    } else if (replaced > 0) {
        all.figure = QStringLiteral("replaced");
        all.tone = SegmentTone::Quiet;
    } else if (summary.total > 0 && begun) {
        all.figure = QStringLiteral("%1/%2").arg(summary.done).arg(summary.total);
    } else if (std::all_of(all.cells.begin(), all.cells.end(),
                           [](const Segment& cell) { return cell.bar == SegmentBar::Skipped; })) {
        // Why nothing goes there is the same for all.
        all.figure = all.cells.front().figure;
        all.brief = all.cells.front().brief;
        all.tone = SegmentTone::Quiet;
    }
    if (failed > 0) {
        all.tone = SegmentTone::Bad;
        all.details << QStringLiteral("%1 failed").arg(failed);
    } else if (stuck > 0) {
        all.tone = context.held ? SegmentTone::Plain : SegmentTone::Stuck;
        all.details << QStringLiteral("%1 stuck").arg(stuck);
    } else if (running > 0 && !context.held) {
        all.tone = SegmentTone::Run;
    } else if (stage == Stage::Live && summary.total > 0 && summary.done == summary.total) {
        all.tone = SegmentTone::Ok;
    }
    // "5/6" alone would read as one still to come.
    if (cancelled > 0) all.details << QStringLiteral("%1 cancelled").arg(cancelled);
    // What did not go well is read in any width.
    if (failed + stuck + cancelled > 0 && replaced == 0) all.remark = all.details.front();
    if (stage == Stage::Build && running > 0) all.details << QStringLiteral("%1 building").arg(running);
    if (stage == Stage::Build && queued > 0) all.details << QStringLiteral("%1 queued").arg(queued);
    return all;
}

}  // namespace cerebral::ui
