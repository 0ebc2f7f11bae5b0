// The window for those who do not see it, have no mouse, or need large text.
#include <QAccessible>
#include <QLabel>
#include <QScrollArea>
#include <QSet>
#include <QTabBar>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/cheat_sheet.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/theme/desk_style.h"
#include "ui/widgets/log_view.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

namespace {

struct Scene {
    const char* name;
    std::function<void(WindowFixture&)> show;
};

std::vector<Scene> scenes() {
    const auto tab = [](RunPage::Tab which) {
        return [which](WindowFixture& f) {
            f.window->openRun(f.failedRun);
            f.window->runPage()->showTab(which);
        };
    };
    return {{"pushes", [](WindowFixture& f) { f.window->bringUp(&f.window->pushesPage()); }},
            {"runs", [](WindowFixture& f) { f.window->bringUp(&f.window->runsPage()); }},
            {"runs peek",
             [](WindowFixture& f) {
                 f.window->bringUp(&f.window->runsPage());
                 f.window->runsPage().table().makeCurrent(f.runs.find(f.failedRun));
                 f.window->runsPage().setPeeking(true);
             }},
            {"timeline", tab(RunPage::TimelineTab)},
            {"graph", tab(RunPage::GraphTab)},
            {"logs", tab(RunPage::LogsTab)},
            {"params", tab(RunPage::ParamsTab)},
            {"events", tab(RunPage::EventsTab)},
            {"yaml", tab(RunPage::YamlTab)},
            {"runs empty",
             [](WindowFixture& f) {
                 f.runs.clear();
                 f.window->bringUp(&f.window->runsPage());
             }},
            {"settings", [](WindowFixture& f) { f.window->bringUp(&f.window->settingsPage()); }},
            {"rebuild",
             [](WindowFixture& f) {
                 f.window->bringUp(&f.window->runsPage());
                 f.window->actions().openRebuild({});
             }},
            {"keys", [](WindowFixture& f) { openCheatSheet(f.theme, true, *f.window); }},
            {"palette", [](WindowFixture& f) { f.window->openPalette(); }}};
}

void closeDialogs() {
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (qobject_cast<MainWindow*>(other) == nullptr && other->isVisible()) other->close();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

/// The window, or the dialog in front of it.
QWidget* frontOf(WindowFixture& f) {
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other != f.window.get() && other->isVisible() && other->isWindow() && !other->size().isEmpty())
            return other;
    }
    return f.window.get();
}

QString what(const QWidget* widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const auto* label = qobject_cast<const QLabel*>(widget);
    const QString text = button != nullptr  ? button->text()
                         : label != nullptr ? label->text()
                                            : widget->accessibleName();
    return QStringLiteral("%1 \"%2\" in %3")
        .arg(QLatin1String(widget->metaObject()->className()), text.left(40),
             QLatin1String(widget->parentWidget() != nullptr ? widget->parentWidget()->metaObject()->className()
                                                             : "-"));
}

bool takesTab(const QWidget* widget) {
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
           widget->focusProxy() == nullptr;
}

void addScenes() {
    QTest::addColumn<int>("scene");
    const auto all = scenes();
    for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].name) << static_cast<int>(i);
}

}  // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    QWidget* open(int scene, const QSize& size) {
        f_->window->resize(size);
        f_->window->show();
        if (!QTest::qWaitForWindowActive(f_->window.get())) return nullptr;
        scenes()[static_cast<std::size_t>(scene)].show(*f_);
        QWidget* front = frontOf(*f_);
        if (front != f_->window.get() && !QTest::qWaitForWindowActive(front)) return nullptr;
        QCoreApplication::processEvents();
        return front;
    }

private slots:
    void init() {
        f_ = std::make_unique<WindowFixture>();
        QApplication::setStyle(new DeskStyle(f_->theme));
        QApplication::setFont(f_->theme.fonts().body);
    }
    void cleanup() {
        closeDialogs();
        f_->window.reset();
        QApplication::setStyle(QStringLiteral("Fusion"));
        f_.reset();
    }

    void everythingHasANameAndARole_data() { addScenes(); }
    void everythingHasANameAndARole() {
        QFETCH(int, scene);
        QWidget* front = open(scene, {1280, 800});
        QVERIFY(front);
        QStringList nameless;
        int focusable = 0;
        for (QWidget* widget : front->findChildren<QWidget*>()) {
            if (!takesTab(widget)) continue;
            ++focusable;
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            if (spoken == nullptr || spoken->text(QAccessible::Name).trimmed().isEmpty()) nameless << what(widget);
            const QAccessible::Role role = spoken != nullptr ? spoken->role() : QAccessible::NoRole;
            if (role == QAccessible::NoRole || role == QAccessible::Client) {
                nameless << what(widget) + QStringLiteral(" has no role");
            }
        }
        QVERIFY(focusable > 0);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void tabReachesEverything_data() { addScenes(); }
    void tabReachesEverything() {
        QFETCH(int, scene);
        if (QLatin1String(scenes()[static_cast<std::size_t>(scene)].name) == QLatin1String("palette")) {
            QSKIP("Tab shows more actions there; arrows move");
        }
        QWidget* front = open(scene, {1440, 900});
        QVERIFY(front);
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        QSet<const QWidget*> reached;
        for (int i = 0; i < 120; ++i) {
            QWidget* focus = QApplication::focusWidget();
            QVERIFY(focus);
            reached.insert(focus);
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        QStringList missed;
        for (const QWidget* widget : front->findChildren<QWidget*>()) {
            if (!takesTab(widget) || reached.contains(widget)) continue;
            // Of radio buttons and tabs one takes the Tab, arrows reach the others.
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            if (button != nullptr && button->autoExclusive() && !button->isChecked()) continue;
            missed << what(widget);
        }
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    }

    void nothingIsCutWithLargeText_data() {
        QTest::addColumn<int>("scene");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QSize>("size");
        const auto all = scenes();
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (const auto& [scale, size] : {std::pair(1.0, QSize(960, 600)), std::pair(1.5, QSize(1280, 800)),
                                              std::pair(2.0, QSize(1280, 800)), std::pair(2.0, QSize(1920, 1080))}) {
                QTest::addRow("%s %d %% %d", all[i].name, qRound(scale * 100), size.width())
                    << static_cast<int>(i) << scale << size;
            }
        }
    }
    void nothingIsCutWithLargeText() {
        QFETCH(int, scene);
        QFETCH(double, scale);
        QFETCH(QSize, size);
        QWidget* front = open(scene, size);
        QVERIFY(front);
        f_->theme.setFontScale(scale);
        QApplication::setFont(f_->theme.fonts().body);
        const auto cutNow = [&] {
            QStringList cut;
            for (QWidget* widget : front->findChildren<QWidget*>()) {
                const bool button = qobject_cast<QAbstractButton*>(widget) != nullptr;
                const auto* label = qobject_cast<QLabel*>(widget);
                if (!widget->isVisible() || (!button && label == nullptr)) continue;
                if (label != nullptr && label->text().isEmpty()) continue;
                // What gives way on purpose shows an ellipsis and its whole text on hover.
                const bool elides = widget->property("elides").toBool();
                const QSize wanted = label != nullptr && label->wordWrap()
                                         ? QSize(label->width(), label->heightForWidth(label->width()))
                                         : widget->sizeHint();
                if (!elides && (widget->width() < wanted.width() || widget->height() < wanted.height())) {
                    cut << QStringLiteral("%1: %2×%3 of %4×%5")
                               .arg(what(widget))
                               .arg(widget->width())
                               .arg(widget->height())
                               .arg(wanted.width())
                               .arg(wanted.height());
                }
                // Out of sight to the right: no one scrolls sideways.
                const int right = widget->mapTo(front, QPoint(widget->width(), 0)).x();
                if (right > front->width()) cut << what(widget) + QStringLiteral(" reaches beyond the window");
            }
            return cut;
        };
        for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
        // Counts are told a moment late, and take room of their own.
        QTRY_VERIFY2(cutNow().isEmpty(), qPrintable(cutNow().join(QLatin1Char('\n'))));
    }

    void tablesAreRead() {
        QWidget* front = open(1, {1280, 800});
        QVERIFY(front);
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&f_->window->runsPage().table());
        QVERIFY(table);
        QCOMPARE(table->role(), QAccessible::Table);
        QVERIFY(table->tableInterface());
        const RunTableModel& model = f_->window->runsPage().model();
        QCOMPARE(table->tableInterface()->rowCount(), model.rowCount());
        int row = 0;
        while (model.rowAt(row) == nullptr) ++row;
        QAccessibleInterface* cell = table->tableInterface()->cellAt(row, RunTableModel::Service);
        QVERIFY(cell);
        QVERIFY2(cell->text(QAccessible::Name).contains(model.rowAt(row)->service),
                 qPrintable(cell->text(QAccessible::Name)));
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&f_->window->pushesPage().view());
        QVERIFY(list && list->childCount() > 0);
        const journey::PushPtr push = f_->pushes.pushAt(f_->pushes.index(0, 0));
        bool heard = false;
        for (int i = 0; i < list->childCount() && !heard; ++i) {
            QAccessibleInterface* child = list->child(i);
            heard = child != nullptr &&
                    child->text(QAccessible::Name).contains(QString::fromStdString(push->commit).left(7));
        }
        QVERIFY(heard);
    }

    void logIsRead() {
        LogBuffer buffer;
        buffer.append(0, "Step 1/9: FROM python");
        buffer.append(0, "\x1b[31mSyntaxError: never closed\x1b[0m");
        LogView view(f_->theme);
        view.setLog(&buffer);
        view.resize(600, 400);
        view.show();
        QAccessibleInterface* log = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(log);
        QVERIFY(!log->text(QAccessible::Name).isEmpty());
        QVERIFY(log->textInterface());
        const QString all = log->textInterface()->text(0, log->textInterface()->characterCount());
        QVERIFY2(all.contains(QStringLiteral("SyntaxError: never closed")), qPrintable(all));
        QVERIFY(!all.contains(QLatin1Char('\x1b')));
    }
};

CEREBRAL_TEST(AccessibilityTest)
#include "accessibility_test.moc"
