#pragma once
/// @file WindowFixture: a real MainWindow on objects of a seeded past, without a cluster.

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>

#include "tests/support/fake_clock.h"
#include "tests/ui/no_cluster.h"
#include "tests/ui/push_maker.h"
#include "tests/ui/run_maker.h"
#include "ui/pages/main_window.h"
#include "ui/pages/run_page.h"

namespace cerebral::test {

class StatusOfNothing final : public ui::ClusterStatus {
public:
    std::vector<ui::KindSync> kinds() const override { return states; }
    QString context() const override { return QStringLiteral("dev-cluster"); }
    QStringList namespaces() const override {
        return {QStringLiteral("tekton-pipelines"), QStringLiteral("cerebral-platform")};
    }
    void retryNow() override {}

    std::vector<ui::KindSync> states;
};

struct WindowFixture {
    FakeClock clock;
    ui::Theme theme;
    ui::RunSet runs;
    ui::ClusterBridge bridge;
    ui::ClusterObjects objects{bridge};
    ui::PushModel pushes{clock};
    QTemporaryDir folder;
    ui::Settings settings{folder.filePath(QStringLiteral("dashboard.ini"))};
    StatusOfNothing status;
    NoCluster cluster{clock};
    ui::RunActions actions{cluster, {}};
    RunMaker runMaker{23};
    PushMaker pushMaker{7};
    std::unique_ptr<ui::MainWindow> window;
    QString failedRun;

    WindowFixture() {
        kube::SyncState state;
        state.phase = kube::SyncPhase::Live;
        state.hasSynced = true;
        state.since = state.lastProof = clock.steadyNow() - std::chrono::milliseconds(400);
        status.states = {{QStringLiteral("pipelineruns"), state}};
        runMaker.now = pushMaker.now = clock.now();
        window = std::make_unique<ui::MainWindow>(
            ui::WindowParts{theme, clock, runs, objects, pushes, bridge, status, settings, actions, {}, &cluster});
        window->setRunPage(new ui::RunPage(theme, runs, objects, cluster, window.get()));
        ui::RunChanges changes;
        changes.added.push_back(runMaker.make(tekton::RunState::Failed, "data-services", 14));
        failedRun = QString::fromStdString(changes.added.front()->meta.uid);
        changes.added.push_back(runMaker.make(tekton::RunState::Running, "ai-services", 1));
        for (int i = 0; i < 40; ++i) changes.added.push_back(runMaker.random());
        runs.apply(changes);
        journey::PushChanges pushed;
        for (int i = 0; i < 20; ++i) pushed.changed.push_back(shared(pushMaker.random()));
        pushes.apply(pushed);
    }

    /// False where it was never seen.
    [[nodiscard]] bool open(const QSize& size = {1280, 800}) const {
        window->resize(size);
        window->show();
        return QTest::qWaitForWindowExposed(window.get());
    }
};

}  // namespace cerebral::test
