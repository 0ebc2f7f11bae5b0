#pragma once
/// @file OpenWindow: the real dashboard, open on the cluster of a PlatformUnderTest. Main thread only.

#include <QTest>
#include <memory>

#include "app/dashboard/dashboard.h"
#include "tests/e2e/platform.h"

namespace cerebral::test {

class OpenWindow {
public:
    /// Empty `problem()` when the window is on the screen. The platform outlives it.
    explicit OpenWindow(const PlatformUnderTest& platform) : dashboard_(optionsFor(platform), *log_) {
        const auto started = dashboard_.start();
        if (!started) {
            problem_ = QString::fromStdString(started.error().message);
        } else if (!QTest::qWaitForWindowExposed(dashboard_.window())) {
            problem_ = QStringLiteral("the window did not appear");
        }
    }

    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] ui::MainWindow& window() { return *dashboard_.window(); }
    [[nodiscard]] ui::PushModel& pushes() { return dashboard_.pushes(); }

private:
    static dashboard::Options optionsFor(const PlatformUnderTest& platform) {
        dashboard::Options options;
        options.kubeconfig = platform.kubeconfig().toStdString();
        options.receiverUrl = platform.receiverUrl().toStdString();
        return options;
    }

    std::unique_ptr<Logger> log_ = makeNullLogger();
    dashboard::Dashboard dashboard_;
    QString problem_;
};

}  // namespace cerebral::test
