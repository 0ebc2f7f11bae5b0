#pragma once
/// @file A history in a folder of its own, and runs to put into it.

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "core/history/history.h"
#include "tests/support/fake_clock.h"

namespace cerebral::test {

using namespace std::chrono_literals;

/// 2026-11-23T08:41:00Z
inline const WallTime kMonday{std::chrono::seconds(1'795'423'260)};

/// Run `number`, begun `number` minutes after kMonday, green, of ai-services on main.
inline history::RunRecord makeRun(int number, tekton::RunState state = tekton::RunState::Succeeded) {
    history::RunRecord record;
    history::RunRow& row = record.row;
    row.uid = "uid-" + std::to_string(number);
    row.cluster = "https://cluster:6443";
    row.ns = "tekton-pipelines";
    row.name = "ai-services-" + std::to_string(number);
    row.resourceVersion = std::to_string(1000 + number);
    row.service = "ai-services";
    row.branch = "main";
    row.commit = std::string(32, 'a') + std::to_string(10'000'000 + number);
    row.trigger = "push";
    row.pipeline = "cerebral-microservice-pipeline";
    row.state = state;
    row.created = kMonday + std::chrono::minutes(number);
    row.started = row.created + 1s;
    row.finished = row.created + 100s;
    record.params = {{"branch", "main"}, {"revision", row.commit}};
    return record;
}

class HistoryFolder {
public:
    [[nodiscard]] std::filesystem::path file() const { return folder_.filePath("history.sqlite").toStdString(); }
    [[nodiscard]] std::filesystem::path path(const QString& name) const {
        return folder_.filePath(name).toStdString();
    }
    [[nodiscard]] QString folder() const { return folder_.path(); }
    [[nodiscard]] Result<std::unique_ptr<history::History>> open(const history::HistoryOptions& options = {}) {
        return history::History::open(file(), options, clock, *logger_);
    }

    FakeClock clock{kMonday + 24h};

private:
    QTemporaryDir folder_;
    std::unique_ptr<Logger> logger_ = makeNullLogger();
};

}  // namespace cerebral::test
