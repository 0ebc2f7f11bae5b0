#include "ui/widgets/notice.h"

#include <QListWidget>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::ui;

class NoticeTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsQuickShowsItsEndAlone() {
        const Theme theme;
        QWidget window;
        window.resize(800, 600);
        window.show();
        Notice notice(theme, window);
        notice.work("Deleting 3 runs", 3, [] {});
        notice.advance(1);
        QVERIFY(!notice.isVisible());
        notice.say("Deleted 3 runs", Status::Succeeded);
        QVERIFY(notice.isVisible());
        QVERIFY(!notice.working());
        QCOMPARE(notice.text(), QStringLiteral("Deleted 3 runs"));
        QVERIFY(!notice.findChild<Button*>()->isVisible());
    }

    void itLeavesTheCurrentRowFree() {
        const Theme theme;
        QWidget window;
        window.resize(800, 600);
        QListWidget list(&window);
        list.setGeometry(0, 100, 800, 500);
        for (int row = 0; row < 40; ++row) list.addItem(QString::number(row));
        window.show();
        Notice notice(theme, window);
        notice.avoid(list);
        list.setCurrentRow(0);
        notice.say("Copied", Status::Succeeded);
        const QRect usual = notice.geometry();
        QCOMPARE(usual.bottom(), 600 - 24 - 1);
        const auto current = [&] {
            return list.visualItemRect(list.currentItem()).translated(list.viewport()->mapTo(&window, QPoint()));
        };
        bool moved = false;
        for (int row = 0; row < 40; ++row) {
            list.setCurrentRow(row);
            moved = moved || notice.geometry() != usual;
            QVERIFY2(!notice.geometry().intersects(current()), qPrintable(QString::number(row)));
            QVERIFY(window.rect().contains(notice.geometry()));
        }
        QVERIFY(moved);
        list.scrollToTop();
        QCOMPARE(notice.geometry(), usual);
    }

    void whatTakesLongShowsProgressAndStops() {
        const Theme theme;
        QWidget window;
        window.resize(800, 600);
        window.show();
        Notice notice(theme, window);
        int stops = 0;
        notice.work("Deleting 50 runs", 50, [&stops] { ++stops; });
        notice.advance(3);
        QTRY_VERIFY(notice.isVisible());
        QCOMPARE(notice.text(), QStringLiteral("Deleting 50 runs: 3 of 50"));
        notice.advance(4);
        QCOMPARE(notice.text(), QStringLiteral("Deleting 50 runs: 4 of 50"));
        auto* button = notice.findChild<Button*>();
        QVERIFY(button->isVisible());
        QVERIFY(notice.rect().contains(button->geometry()));
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(stops, 1);
        QVERIFY(!notice.stopWork());  // once
        notice.say("4 of 50: stopped", Status::Cancelled);
        QVERIFY(!button->isVisible());
    }
};

CEREBRAL_TEST(NoticeTest)
#include "notice_test.moc"
