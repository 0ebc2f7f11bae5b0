#include "ui/models/commit_answer.h"

#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/push_model.h"
#include "ui/models/push_text.h"
#include "ui/models/segment.h"

namespace cerebral::ui {
namespace {

using journey::Answer;
using journey::PushPtr;
using journey::ServiceJourney;
using journey::Stage;
using journey::Verdict;

AnswerTone toneOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Live:
        case Verdict::Included:
            return AnswerTone::Live;
        case Verdict::Rolling:
        case Verdict::Underway:
            return AnswerTone::Underway;
        case Verdict::Stuck:
            return AnswerTone::Stuck;
        case Verdict::Stopped:
            return AnswerTone::Failed;
        case Verdict::NotDeployed:
            return AnswerTone::Done;
        case Verdict::Replaced:
        case Verdict::Superseded:
            return AnswerTone::Ended;
        case Verdict::Ignored:
            return AnswerTone::NotBuilt;
        case Verdict::Unclear:
        case Verdict::Ambiguous:
        case Verdict::Unknown:
            break;
    }
    return AnswerTone::Unknown;
}

bool goesOn(Verdict verdict) {
    return verdict == Verdict::Rolling || verdict == Verdict::Underway || verdict == Verdict::Stuck;
}

/// Answers come a moment after the rows they speak of: what goes on is said as its row has it by now.
Answer asItsRow(const Answer& answer, const PushModel& pushes) {
    const PushPtr push = goesOn(answer.verdict) ? pushes.pushFor(answer.pushKey) : nullptr;
    const ServiceJourney* journey = push ? push->find(answer.service) : nullptr;
    if (journey == nullptr) return answer;
    Answer now = journey::answerFor(*push, *journey);
    // Whether what replaced it includes it, its row does not know.
    return now.verdict == Verdict::Replaced ? answer : now;
}

/// Whether a later push of the same branch is on its way to the same service, or to services nobody knows yet.
bool newerUnderway(const journey::Push& push, const std::string& service, const PushModel& pushes) {
    bool found = false;
    pushes.forEach([&](const journey::Push& other) {
        if (found || other.begunAt <= push.begunAt || other.branch != push.branch) return;
        const ServiceJourney* journey = other.find(service);
        found = journey != nullptr ? !journey->isOver()
                                   : other.services.empty() && other.state() == journey::PushState::Underway;
    });
    return found;
}

QString detailOf(const Answer& answer, const PushModel& pushes) {
    const PushPtr push = pushes.pushFor(answer.pushKey);
    if (!push) return {};
    const ServiceJourney* journey = push->find(answer.service);
    if (journey == nullptr) return fromUtf8(push->message);
    QStringList parts;
    QString where = fromUtf8(journey->service);
    if (!journey->deployment.ns().empty()) where += QStringLiteral(" in ") + fromUtf8(journey->deployment.ns());
    parts << where;
    // Of a commit that is live in another one: its own image is in no pod.
    if (!journey->digest.empty() && answer.verdict != Verdict::Included)
        parts << fromUtf8(push->branch) + QLatin1Char('@') + shortDigest(journey->digest);
    if (answer.verdict == Verdict::Live && journey->live && journey->live->since && push->receivedAt) {
        const auto took = std::chrono::duration_cast<Millis>(*journey->live->since - *push->receivedAt);
        if (took.count() >= 0) parts << QStringLiteral("push to live %1").arg(formatDuration(took));
        if (!pushes.held())
            parts << (newerUnderway(*push, answer.service, pushes) ? QStringLiteral("a newer push is on its way")
                                                                   : QStringLiteral("nothing newer is on its way"));
    }
    if (answer.verdict == Verdict::Stopped && journey->failure && !journey->failure->step.empty()) {
        parts << failureWords(*journey->failure).join(QStringLiteral(", "));
    }
    if (answer.verdict == Verdict::Stuck && journey->stuck) parts << fromUtf8(journey->stuck->words);
    const bool mayBeOver = goesOn(answer.verdict) || toneOf(answer.verdict) == AnswerTone::Live;
    if (pushes.held() && mayBeOver) parts << QStringLiteral("cannot be checked now");
    return parts.join(QStringLiteral(" · "));
}

/// ", ~7 s left" of what is under way, as its row says it.
QString whatIsLeft(const Answer& answer, const PushModel& pushes) {
    const PushPtr push = pushes.pushFor(answer.pushKey);
    const ServiceJourney* journey = push ? push->find(answer.service) : nullptr;
    if (journey == nullptr || answer.verdict != Verdict::Underway || pushes.held()) return {};
    const Segment segment = segmentOf(*journey, answer.stage, {.medians = pushes.medians(), .nowMs = pushes.nowMs()});
    return segment.bar == SegmentBar::Running && !segment.details.isEmpty()
               ? QStringLiteral(", ") + segment.details.front()
               : QString();
}

/// The verdict stands out, when it was does not.
void split(AnswerLine& line, const QString& sentence, const QString& seen) {
    qsizetype first = sentence.size();
    for (const QString& mark : {QStringLiteral(" since "), seen, QStringLiteral(": "), QStringLiteral(", ")}) {
        const qsizetype at = mark.isEmpty() ? -1 : sentence.indexOf(mark);
        if (at > 0) first = std::min(first, at);
    }
    line.verdict = sentence.left(first);
    line.rest = sentence.mid(first);
}

QString headlineOf(const std::vector<AnswerLine>& lines, const QString& seen) {
    const auto count = [&](AnswerTone tone) {
        return std::count_if(lines.begin(), lines.end(), [&](const AnswerLine& line) { return line.tone == tone; });
    };
    QString text = QStringLiteral("%1 live in %2 of %3 services%4")
                       .arg(seen.isEmpty() ? QStringLiteral("is") : QStringLiteral("was"))
                       .arg(count(AnswerTone::Live))
                       .arg(lines.size())
                       .arg(seen);
    const std::pair<AnswerTone, const char*> rest[] = {
        {AnswerTone::Underway, "under way"}, {AnswerTone::Stuck, "stuck"}, {AnswerTone::Failed, "failed"}};
    for (const auto& [tone, word] : rest) {
        if (count(tone) > 0) text += QStringLiteral(", %1 %2").arg(count(tone)).arg(QLatin1String(word));
    }
    return text;
}

}  // namespace

QString CommitAnswer::spoken() const {
    QStringList parts;
    for (const AnswerLine& line : lines) {
        QString text = shortSha(commit) + QLatin1Char(' ');
        if (lines.size() > 1) text += line.service + QLatin1Char(' ');
        parts << text + line.verdict + line.rest +
                     (line.detail.isEmpty() ? QString() : QStringLiteral("\n") + line.detail);
    }
    return parts.join(QLatin1Char('\n'));
}

CommitAnswer commitAnswer(const std::vector<Answer>& answers, const PushModel& pushes) {
    const WallTime now = fromMillis(pushes.nowMs());
    const WallTime lastSeen = fromMillis(pushes.heldSinceMs());
    CommitAnswer all;
    all.held = pushes.held();
    const QString clock = all.held ? formatClockSeconds(lastSeen, now) : QString();
    const QString seen = all.held ? QStringLiteral(" at ") + clock : QString();
    for (const Answer& given : answers) {
        const Answer answer = asItsRow(given, pushes);
        if (all.commit.isEmpty()) all.commit = fromUtf8(answer.commit);
        AnswerLine line;
        line.tone = toneOf(answer.verdict);
        line.service = fromUtf8(answer.service);
        line.pushKey = QString::fromStdString(answer.pushKey);
        line.detail = detailOf(answer, pushes);
        if (line.tone == AnswerTone::Live || answer.verdict == Verdict::Rolling) {
            line.ready = answer.ready;
            line.wanted = answer.wanted;
        }
        // What went on when it was seen last is as old as it was then.
        const WallTime until = all.held && goesOn(answer.verdict) ? lastSeen : now;
        const journey::Wording wording{
            [now](WallTime time) { return formatClock(time, now).toStdString(); },
            [until, ticks = goesOn(answer.verdict)](WallTime time) {
                const auto age = std::chrono::duration_cast<Millis>(std::max(until - time, WallTime::duration{}));
                // How long it goes on is written as in its row.
                if (ticks) return elapsedText(age).toStdString();
                return age < std::chrono::minutes(1) ? std::string("a moment") : formatAge(age).toStdString();
            },
            clock.toStdString()};
        Answer said = answer;
        // Why stands below, whole.
        if (answer.verdict == Verdict::Stuck && line.detail.contains(fromUtf8(answer.reason))) said.reason.clear();
        line.other = shortSha(fromUtf8(answer.byCommit));
        split(line, fromUtf8(journey::sentence(said, wording)), seen);
        line.rest += whatIsLeft(answer, pushes);
        all.lines.push_back(std::move(line));
    }
    if (all.lines.size() > 1) all.headline = headlineOf(all.lines, seen);
    return all;
}

}  // namespace cerebral::ui
