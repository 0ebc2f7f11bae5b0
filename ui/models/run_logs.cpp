#include "ui/models/run_logs.h"

#include <algorithm>

#include "core/analysis/log_text.h"
#include "ui/bridge/run_history.h"
#include "ui/models/format.h"
#include "ui/models/nothing_here.h"

namespace cerebral::ui {

QString StepLog::missing() const {
    if (!lines.empty() || !problem.isEmpty()) return problem;
    return state == State::Reconnecting ? QStringLiteral("not read yet: the connection is lost") : QString();
}

RunLogs::RunLogs(RunServices& services, QObject* parent) : QObject(parent), services_(services) {}

RunLogs::~RunLogs() = default;

void RunLogs::setRun(const QString& uid) {
    background_.cancel();
    uid_ = uid;
    readers_.clear();
    steps_.clear();
    *whole_ = LogBuffer();
    wholeWanted_ = false;
    wholeStep_ = wholeLines_ = 0;
    wholeHeaded_ = false;
}

void RunLogs::update(const RunDetail& run) {
    ns_ = run.row.run->meta.ns;
    steps_.clear();
    for (const StepDetail* step : run.stepsWithLogs()) {
        if (step->state != tekton::StepState::Skipped) steps_.push_back(*step);
    }
    advanceWhole();
}

const StepLog* RunLogs::find(const QString& key) const {
    const auto it = readers_.find(key);
    return it == readers_.end() ? nullptr : &it->second->log;
}

const StepLog* RunLogs::open(const QString& key) {
    if (const StepLog* known = find(key)) return known;
    const auto step = std::find_if(steps_.begin(), steps_.end(), [&](const StepDetail& s) { return s.key() == key; });
    if (step == steps_.end()) return nullptr;
    auto reader = std::make_unique<Reader>();
    reader->log.key = key;
    reader->log.task = step->task;
    reader->log.step = step->name;
    Reader& kept = *readers_.emplace(key, std::move(reader)).first->second;
    start(kept, *step);
    return &kept.log;
}

const StepLog& RunLogs::openKept(const QString& task, const QString& step) {
    const QString key = StepDetail::keyOf(task, step);
    if (const StepLog* known = find(key)) return *known;
    auto reader = std::make_unique<Reader>();
    reader->log.key = key;
    reader->log.task = task;
    reader->log.step = step;
    const Reader& kept = *readers_.emplace(key, std::move(reader)).first->second;
    askHistory(key, {});
    return kept.log;
}

void RunLogs::start(Reader& reader, const StepDetail& step) {
    reader.feed = std::make_unique<LogFeed>(services_.client(), services_.clock(),
                                            kube::LogTarget{ns_, step.pod, step.container});
    Reader* target = &reader;
    connect(reader.feed.get(), &LogFeed::arrived, this,
            [this, target](const LogBatch& batch) { take(*target, batch); });
    connect(reader.feed.get(), &LogFeed::stateChanged, this, [this, target](kube::LogState state) {
        target->log.state = state == kube::LogState::Reading        ? StepLog::State::Reading
                            : state == kube::LogState::Reconnecting ? StepLog::State::Reconnecting
                                                                    : StepLog::State::Waiting;
        emit stateChanged(target->log.key);
    });
    connect(reader.feed.get(), &LogFeed::ended, this,
            [this, target](const QString& problem, bool gone) { end(*target, problem, gone); });
    reader.feed->start();
}

void RunLogs::take(Reader& reader, const LogBatch& batch) {
    std::size_t at = 0;
    for (const LogBatch::Line& line : batch.lines) {
        reader.log.lines.append(line.timeMs, std::string_view(batch.bytes).substr(at, line.size));
        at += line.size;
    }
    emit appended(reader.log.key);
    advanceWhole();
}

void RunLogs::end(Reader& reader, const QString& problem, bool gone) {
    const bool refused = !gone && plainRefusal(problem) != problem;
    // What the cluster may not tell history may have.
    if ((gone || refused) && reader.log.lines.empty())
        return askHistory(reader.log.key, refused ? problem : QString());
    reader.log.state = StepLog::State::Ended;
    reader.log.problem =
        gone ? QStringLiteral("the pod was deleted, what came later is lost") : plainRefusal(problem);
    if (refused) reader.log.refusal = problem;
    emit stateChanged(reader.log.key);
    advanceWhole();
}

void RunLogs::askHistory(const QString& key, const QString& refusal) {
    const StepLog* log = find(key);
    background_.run(
        [&services = services_, uid = uid_.toStdString(), task = log->task.toStdString(),
         step = log->step.toStdString()](const std::stop_token&) { return keptLog(services, uid, task, step); },
        [this, key, refusal, uid = uid_](const std::optional<KeptLog>& kept) {
            const auto it = readers_.find(key);
            if (uid != uid_ || it == readers_.end()) return;
            StepLog& target = it->second->log;
            target.state = StepLog::State::Ended;
            target.kept = kept.has_value();
            if (kept) {
                target.firstNumber = kept->firstNumber;
                for (const std::string_view line : analysis::splitLines(kept->bytes)) {
                    const analysis::StampedLine stamped = analysis::splitTimestamp(line);
                    target.lines.append(stamped.time ? toMillis(*stamped.time) : 0, stamped.text);
                }
            } else if (!refusal.isEmpty()) {
                target.problem = plainRefusal(refusal);
                target.refusal = refusal;
            } else {
                target.lost = true;
                target.problem = QStringLiteral("the pod is gone and the history has not kept this log");
            }
            emit appended(key);
            emit stateChanged(key);
            advanceWhole();
        });
}

const LogBuffer& RunLogs::openWhole() {
    wholeWanted_ = true;
    advanceWhole();
    return *whole_;
}

bool RunLogs::wholeComplete() const {
    return wholeWanted_ && wholeStep_ >= steps_.size();
}

void RunLogs::advanceWhole() {
    if (!wholeWanted_) return;
    const std::size_t before = whole_->size();
    while (wholeStep_ < steps_.size()) {
        const StepDetail step = steps_[wholeStep_];
        const StepLog* log = open(step.key());
        if (log == nullptr) break;
        if (!std::exchange(wholeHeaded_, true)) {
            const QString again = step.attempt > 0 ? QStringLiteral(", earlier attempt") : QString();
            whole_->beginSection(QStringLiteral("%1 › %2%3").arg(step.task, step.name, again).toStdString(),
                                 log->firstNumber);
        }
        for (; wholeLines_ < log->lines.size(); ++wholeLines_) whole_->appendFrom(log->lines, wholeLines_);
        if (!log->ended()) break;
        ++wholeStep_;
        wholeLines_ = 0;
        wholeHeaded_ = false;
    }
    if (whole_->size() != before) emit wholeAppended();
}

}  // namespace cerebral::ui
