#pragma once
/// @file Desk: demo cluster, receiver and the real window together, and what a test asks of them.
///
/// Main thread only. What the cluster holds is read from its API (`server`), not from the window's client.

#include <QApplication>
#include <QTest>
#include <functional>
#include <memory>

#include "tests/e2e/open_window.h"

namespace cerebral::test {

inline constexpr int kPatienceMs = 40'000;

class Desk {
public:
    /// Empty `problem()` when the window is on the screen. `before` runs when the platform is up and the window is
    /// not.
    explicit Desk(const QStringList& clusterArguments = {"--speed", "60"},
                  const std::function<void(const PlatformUnderTest&)>& before = {});

    [[nodiscard]] QString problem() const;
    [[nodiscard]] PlatformUnderTest& platform() { return platform_; }
    [[nodiscard]] const PlatformUnderTest& platform() const { return platform_; }
    [[nodiscard]] ui::MainWindow& window() { return window_->window(); }
    [[nodiscard]] ui::PushModel& pushes() { return window_->pushes(); }
    [[nodiscard]] QString connection() { return window().topBar().pill().label(); }

    /// Posts a published payload of tests/data/push; the names of the runs the receiver says it created.
    QStringList push(const QString& file);
    /// A push of a commit of its own, whose message tells the demo cluster how its build is to go
    /// ("compile-failure").
    QStringList pushScenario(const QString& scenario, const QString& like = QStringLiteral("one-service.json"));
    /// Waits for the push of this run to be in the window; null when it does not come.
    journey::PushPtr pushOf(const QString& run);

    /// Names of all runs that were ever asked of the API server, in order.
    [[nodiscard]] QStringList created() const;
    /// One run as the API server tells it; an empty object when there is none.
    [[nodiscard]] QJsonValue runOnServer(const QString& name) const;
    /// Names of all runs the API server lists.
    [[nodiscard]] QStringList runsOnServer() const;
    /// Names of all runs the window knows.
    [[nodiscard]] QStringList runsInWindow();

    /// To the widget that has the keyboard: of the open menu or dialog, else of the window.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);

private:
    [[nodiscard]] QWidget* keyboard();
    static PlatformOptions optionsFor(const QStringList& clusterArguments);
    QStringList send(const QString& file);

    PlatformUnderTest platform_;
    std::unique_ptr<OpenWindow> window_;
    int commits_ = 0;
};

/// The dialog of this kind that is open; null when there is none.
template <class Dialog>
Dialog* openDialog() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* found = qobject_cast<Dialog*>(widget); found != nullptr && found->isVisible()) return found;
    }
    return nullptr;
}

}  // namespace cerebral::test
