#include <QAccessible>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "ui/theme/theme.h"
#include "ui/widgets/log_metrics.h"
#include "ui/widgets/log_panel.h"

using namespace cerebral::ui;

class LogViewTest : public QObject {
    Q_OBJECT

    struct Fixture {
        Theme theme;
        LogBuffer log;
        LogPanel panel{theme, LogPanel::Kind::Log};
        LogView& view = panel.view();
        explicit Fixture(int lines = 500) {
            view.setLog(&log);
            panel.resize(900, 400);
            panel.show();
            add(lines);
        }
        void add(int lines) {
            for (int i = 0; i < lines; ++i)
                log.append(1'700'000'000'000 + i, "line number " + std::to_string(log.size()));
            view.appended();
        }
        [[nodiscard]] int top() const { return view.verticalScrollBar()->value(); }
        [[nodiscard]] bool atEnd() const { return top() == view.verticalScrollBar()->maximum(); }
    };

private slots:
    /// What leads to the error stays while something is searched, as long as the bar has room.
    void theBarUsesItsRoomBeforeItDropsTools() {
        Fixture f;
        f.panel.setTitle(QStringLiteral("build"));
        f.panel.setNote(QStringLiteral("500 lines"));
        f.view.setErrorLine(300);
        f.panel.refreshErrorButton();
        f.panel.resize(960, 400);
        f.panel.searchField().setText(QStringLiteral("number 3"));
        const auto shown = [&](const QString& name) {
            for (const auto* button : f.panel.findChildren<Button*>()) {
                if (button->text() == name || button->accessibleName().startsWith(name)) return !button->isHidden();
            }
            return false;
        };
        QVERIFY(shown(QStringLiteral("First error")));
        QVERIFY(shown(QStringLiteral("Save to a file")));
        QVERIFY(shown(QStringLiteral("Next hit")));
        QVERIFY(!shown(QStringLiteral("More tools")));
        f.panel.resize(560, 400);
        QVERIFY(!shown(QStringLiteral("Save to a file")));
        QVERIFY(shown(QStringLiteral("Next hit")));
    }

    /// What has no room stays at hand in a menu.
    void everyToolCanBeReachedInEveryWidth() {
        Fixture f;
        f.panel.setTitle(QStringLiteral("build"));
        f.panel.setNote(QStringLiteral("500 lines"));
        f.view.setErrorLine(300);
        f.panel.searchField().setText(QStringLiteral("number 3"));
        Button* more = nullptr;
        for (auto* button : f.panel.findChildren<Button*>()) {
            if (button->accessibleName() == QLatin1String("More tools")) more = button;
        }
        QVERIFY(more);
        for (const int width : {420, 480, 560, 640, 720, 800, 1200}) {
            f.panel.resize(width, 400);
            QStringList reached;
            for (const auto* button : f.panel.findChildren<Button*>()) {
                if (!button->isHidden())
                    reached << (button->accessibleName().isEmpty() ? button->text() : button->accessibleName());
            }
            if (!more->isHidden()) {
                more->click();
                auto* menu = f.panel.findChild<QMenu*>();
                QVERIFY(menu);
                for (const QAction* action : menu->actions()) reached << action->text();
                delete menu;
            }
            for (const char* tool : {"First error", "Next hit (N)", "Previous hit (Shift+N)",
                                     "Search for a regular expression", "Hide lines that do not match", "Show times",
                                     "Wrap long lines", "Save to a file", "Copy the selection, or everything"}) {
                QVERIFY2(reached.contains(QString::fromLatin1(tool)), qPrintable(QString::number(width)));
            }
        }
        f.panel.resize(560, 400);
        more->click();
        auto* menu = f.panel.findChild<QMenu*>();
        QAction* wrap = nullptr;
        for (QAction* action : menu->actions()) {
            if (action->text() == QLatin1String("Wrap long lines")) wrap = action;
        }
        QVERIFY(wrap && !wrap->isChecked());
        wrap->trigger();
        QVERIFY(f.view.wrap());
        delete menu;
    }

    /// The last line does not stand half under the edge when the error is jumped to.
    void aJumpNearTheEndGoesToTheEnd() {
        Fixture f(60);
        const int page = f.view.verticalScrollBar()->pageStep();
        f.view.showLine(static_cast<std::size_t>(60 - page - 1 + 2), 2);
        QVERIFY(f.atEnd());
    }

    void aJumpInLittleRoomShowsTheLine() {
        Fixture f;
        f.panel.resize(900, 140);
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        const int page = f.view.verticalScrollBar()->pageStep();
        QVERIFY(page < kLogLinesAbove);
        f.view.showLine(300);
        QVERIFY2(f.top() <= 300 && 300 < f.top() + page, qPrintable(QString::number(f.top())));
    }

    void followStaysAtTheEndUntilSomebodyScrollsUp() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.panel.setLive(true);
        f.view.setFollow(true);
        QVERIFY(f.atEnd());
        f.add(100);
        QVERIFY(f.atEnd());

        QSignalSpy below(&f.view, &LogView::newBelow);
        QTest::keyClick(&f.view, Qt::Key_PageUp);
        QVERIFY(!f.view.follow());
        const int top = f.top();
        f.add(128);
        QCOMPARE(f.top(), top);
        QCOMPARE(below.last().at(0).toInt(), 128);
        auto* button = f.panel.findChild<Button*>(QStringLiteral("newLines"));
        QVERIFY(button != nullptr && button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("128 new lines below"));

        QTest::keyClick(&f.view, Qt::Key_End);
        QVERIFY(f.view.follow());
        QVERIFY(f.atEnd());
        QVERIFY(!button->isVisible());
    }

    void theErrorStaysInViewWhenTextGrows() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.view.setErrorLine(300);
        f.view.showLine(300);
        const auto seen = [&] {
            const int page = f.view.verticalScrollBar()->pageStep();
            return f.top() <= 300 && 300 < f.top() + page;
        };
        QVERIFY(seen());
        f.theme.setFontScale(1.5);
        QVERIFY(seen());
        f.theme.setFontScale(2.0);
        QVERIFY(seen());
    }

    void whatCameIntoViewIsNotBelow() {
        Fixture f(10);
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.panel.resize(900, 160);
        f.panel.setLive(true);
        f.view.setFollow(true);
        QTest::keyClick(&f.view, Qt::Key_PageUp);
        QVERIFY(!f.view.follow());
        f.add(3);
        auto* button = f.panel.findChild<Button*>(QStringLiteral("newLines"));
        QVERIFY(button != nullptr && button->isVisible());
        f.panel.resize(900, 700);
        QVERIFY(!button->isVisible());
    }

    void whatFollowsAnEmptyLogIsNotCalledNew() {
        Fixture f(0);
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.panel.setLive(true);
        f.view.setFollow(true);
        f.view.setFollow(false);
        QSignalSpy below(&f.view, &LogView::newBelow);
        f.add(128);
        const auto* button = f.panel.findChild<Button*>(QStringLiteral("newLines"));
        QVERIFY(button != nullptr && button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("%1 lines below").arg(below.last().at(0).toInt()));
    }

    void searchCountsStepsAndEndsFollowing() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.view.setFollow(true);
        QTest::keyClicks(&f.panel.searchField(), QStringLiteral("number 49"));
        // 49 and 490 to 499
        QCOMPARE(f.view.found().hits().size(), std::size_t{11});
        QVERIFY(!f.view.follow());
        QTest::keyClick(&f.panel.searchField(), Qt::Key_Return);
        const auto first = f.view.found().currentLine();
        QTest::keyClick(&f.panel.searchField(), Qt::Key_Return);
        QVERIFY(f.view.found().currentLine() != first);
        QTest::keyClick(&f.panel.searchField(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(f.view.found().currentLine(), first);
        // The current hit is on screen.
        const auto line = static_cast<int>(*f.view.found().currentLine());
        QVERIFY(line >= f.top() && line < f.top() + f.view.verticalScrollBar()->pageStep());
    }

    void hidingShowsOnlyHitsAndLaterOnesToo() {
        Fixture f;
        QVERIFY(f.view.search(QStringLiteral("number 49"), false));
        f.view.setHideOthers(true);
        QCOMPARE(f.view.shownRows(), 11);
        f.log.append(0, "number 49 again");
        f.log.append(0, "something else");
        f.view.appended();
        QCOMPARE(f.view.shownRows(), 12);
        QVERIFY(f.view.search(QString(), false));
        QCOMPARE(f.view.shownRows(), static_cast<int>(f.log.size()));
    }

    void anInvalidExpressionKeepsTheHits() {
        Fixture f;
        QVERIFY(f.view.search(QStringLiteral("number 49\\d?$"), true));
        QTRY_COMPARE(f.view.found().hits().size(), std::size_t{11});
        QVERIFY(!f.view.search(QStringLiteral("number ["), true));
        QCOMPARE(f.view.found().hits().size(), std::size_t{11});
    }

    void wrappingKeepsTheTopLineAndLosesNoCharacter() {
        Fixture f(50);
        f.log.append(0, std::string(1000, 'w'));
        f.add(50);
        f.view.verticalScrollBar()->setValue(40);
        const auto top = f.view.firstVisibleLine();
        f.view.setWrap(true);
        QCOMPARE(f.view.firstVisibleLine(), top);
        QVERIFY(f.view.shownRows() > 101 + 5);
        QCOMPARE(f.view.horizontalScrollBar()->maximum(), 0);
        f.view.setWrap(false);
        QCOMPARE(f.view.shownRows(), 101);
        QVERIFY(f.view.horizontalScrollBar()->maximum() > 0);
    }

    /// What each row of a line shows while rows take `columns` characters.
    static QStringList rowsOf(const std::string& text, int columns) {
        LogBuffer log;
        log.append(0, text);
        LogRows rows;
        rows.reset(columns, nullptr);
        rows.extend(log);
        QStringList shown;
        for (int part = 0; part < rows.count(); ++part) {
            const LogRows::Piece piece = rows.pieceOf(text, part);
            shown << QString::fromStdString(text).mid(piece.first, piece.end - piece.first);
        }
        return shown;
    }

    void rowsBreakAtBlanks_data() {
        QTest::addColumn<QString>("rows");
        QTest::newRow("short") << "all fits";
        QTest::newRow("between words") << "compiling |the main |program";
        QTest::newRow("blanks hang over the edge") << "compiling    |the main";
        QTest::newRow("longer than a row") << "0123456789|abcdefgh|ijk of |letters";
        QTest::newRow("longer than a row, after a word") << "see |abcdefgh|ijklmnop|q";
        QTest::newRow("indented") << "      over|flowing";
        QTest::newRow("other letters") << "größer als |üblich";
    }
    void rowsBreakAtBlanks() {
        QFETCH(QString, rows);
        QString whole = rows;
        whole.remove(QLatin1Char('|'));
        QCOMPARE(rowsOf(whole.toStdString(), 10).join(QLatin1Char('|')), rows);
    }

    void aClickBesideAWrappedRowStaysInIt() {
        Fixture f(0);
        f.log.append(0, std::string(60, 'a') + ' ' + std::string(90, 'b'));
        f.view.appended();
        f.view.setWrap(true);
        QVERIFY(f.view.shownRows() > 1);
        const QPoint beside(f.view.viewport()->width() - 2, 8);
        QTest::mousePress(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(170, 8));
        QTest::mouseMove(f.view.viewport(), beside);
        QTest::mouseRelease(f.view.viewport(), Qt::LeftButton, Qt::NoModifier, beside);
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, beside);
        QVERIFY(f.view.selectedText().startsWith(QLatin1Char('a')));
        QVERIFY(!f.view.selectedText().contains(QLatin1Char('b')));
    }

    void aHeadingHasALineAboveAndBelow() {
        Fixture f(1);
        f.log.beginSection("build › compile", 1);
        f.add(1);
        const QImage picture = f.view.viewport()->grab().toImage();
        const int height = f.theme.px(kLogLine);
        const auto at = [&](int y) { return picture.pixelColor(2, kLogTopMargin + y); };
        QCOMPARE(at(height), f.theme.colors().lineDefault);
        QCOMPARE(at(2 * height - 1), f.theme.colors().lineDefault);
        QCOMPARE(at(height - 1), f.theme.colors().bgInset);
    }

    void selectionIsCopiedWithoutColours() {
        Fixture f(0);
        f.log.append(0, "\x1b[31mred\x1b[0m line");
        f.log.append(0,
                     "\xc3\xbc"
                     "ber");
        f.view.appended();
        f.view.selectAll();
        QCOMPARE(f.view.selectedText(), QStringLiteral("red line\nüber"));
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("red line\nüber"));
    }

    void keysSelectLines() {
        Fixture f;
        QTest::keyClick(&f.view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&f.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(f.view.selectedText(), QStringLiteral("line number 0\nline number 1\nline number 2"));
    }

    void theFirstErrorIsOneKeyAway() {
        Fixture f;
        f.view.setErrorLine(333);
        f.panel.refreshErrorButton();
        QTest::keyClick(&f.view, Qt::Key_E);
        QCOMPARE(f.view.firstVisibleLine(), std::optional<std::size_t>(323));
        f.view.setErrorLine(99'999);
        QVERIFY(!f.view.errorLine());
    }

    void savesWhatIsShown() {
        Fixture f(3);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log.txt"));
        f.view.setTimes(false);
        QVERIFY(f.panel.saveTo(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("line number 0\nline number 1\nline number 2\n"));
        f.view.setTimes(true);
        QVERIFY(f.panel.saveTo(path));
        QFile stamped(path);
        QVERIFY(stamped.open(QIODevice::ReadOnly));
        QVERIFY(stamped.readLine().endsWith(" line number 0\n"));
    }

    void aScreenReaderHearsTheLinesOnScreen() {
        Fixture f;
        f.view.verticalScrollBar()->setValue(100);
        QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(&f.view);
        QVERIFY(heard != nullptr);
        QVERIFY(heard->text(QAccessible::Value).startsWith(QLatin1String("line number 100\n")));
        QVERIFY(heard->state().readOnly);
    }

    void aMillionLinesScrollAndPaint() {
        Fixture f(0);
        for (int i = 0; i < 1'000'000; ++i) f.log.append(i + 1, "a line of a large build log");
        f.view.appended();
        f.view.verticalScrollBar()->setValue(f.view.verticalScrollBar()->maximum());
        QVERIFY(f.view.visibleText().startsWith(QLatin1String("a line of")));
        QVERIFY(!f.panel.grab().isNull());
        QCOMPARE(f.view.shownRows(), 1'000'000);
    }

    void anotherLogForgetsTheOldOnesSelectionButSearchesOn() {
        Fixture f;
        QVERIFY(f.view.search(QStringLiteral("number 7"), false));
        f.view.selectAll();
        LogBuffer other;
        other.append(0, "number 7 only");
        f.view.setLog(&other);
        QVERIFY(!f.view.hasSelection());
        QTRY_COMPARE(f.view.found().hits().size(), std::size_t{1});
        f.view.setLog(&f.log);
    }
};

CEREBRAL_TEST(LogViewTest)
#include "log_view_test.moc"
