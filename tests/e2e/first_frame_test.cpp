#include "app/dashboard/first_frame.h"

#include <QPainter>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/test_main.h"

using cerebral::dashboard::FirstFrame;

namespace {

class Painted final : public QWidget {
public:
    bool seen = false;

protected:
    void paintEvent(QPaintEvent*) override { seen = true; }
};

}  // namespace

class FirstFrameTest : public QObject {
    Q_OBJECT
private slots:
    void stepsFollowTheFirstFrameInTheirOrder() {
        Painted window;
        FirstFrame frame(window);
        QStringList order;
        int left = 3;
        frame.thenOnce([&] { order << (window.seen ? QStringLiteral("seen") : QStringLiteral("too soon")); });
        frame.then([&] {
            order << QStringLiteral("again");
            return --left > 0;
        });
        frame.thenOnce([&] { order << QStringLiteral("last"); });
        window.show();
        QVERIFY(order.isEmpty());
        const QStringList expected{QStringLiteral("seen"), QStringLiteral("again"), QStringLiteral("again"),
                                   QStringLiteral("again"), QStringLiteral("last")};
        QTRY_COMPARE(order, expected);
        // Too late is as good as in time.
        frame.thenOnce([&] { order << QStringLiteral("more"); });
        QTRY_COMPARE(order.last(), QStringLiteral("more"));
    }

    void inputComesBetweenTheSteps() {
        Painted window;
        FirstFrame frame(window);
        QStringList order;
        frame.thenOnce([&] {
            QMetaObject::invokeMethod(
                &window, [&] { order << QStringLiteral("between"); }, Qt::QueuedConnection);
            order << QStringLiteral("first");
        });
        frame.thenOnce([&] { order << QStringLiteral("second"); });
        window.show();
        QTRY_COMPARE(order,
                     QStringList({QStringLiteral("first"), QStringLiteral("between"), QStringLiteral("second")}));
    }

    void aWindowThatIsNeverSeenDoesNotHoldThemUp() {
        Painted window;
        FirstFrame frame(window);
        bool done = false;
        frame.thenOnce([&] { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(!window.seen);
    }
};

CEREBRAL_TEST(FirstFrameTest)
#include "first_frame_test.moc"
