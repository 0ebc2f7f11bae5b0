#pragma once
/// @file FirstFrame: does what can wait until a window is seen, and not all at once.
///
/// The steps run in the order given, each in a turn of the event loop of its own, so that painting and input come in
/// between. They begin when the window has been painted; when it never is (minimised, behind a locked screen), after
/// half a second. GUI thread.

#include <QObject>
#include <deque>
#include <functional>

class QWidget;

namespace cerebral::dashboard {

class FirstFrame : public QObject {
    Q_OBJECT
public:
    /// True: call this step again, there is more to do.
    using Step = std::function<bool()>;

    /// `window` must outlive this. A step may destroy neither.
    explicit FirstFrame(QWidget& window, QObject* parent = nullptr);

    void then(Step step);
    void thenOnce(std::function<void()> step);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void begin();
    void next();

    QWidget& window_;
    std::deque<Step> steps_;
    bool begun_ = false;
    bool running_ = false;
};

}  // namespace cerebral::dashboard
