// What the palette asks, remembers and opens elsewhere.
#include "ui/widgets/command_palette.h"

#include <QMenu>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/pages/palette_entries.h"
#include "ui/widgets/palette_list.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class PaletteTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    static void press(CommandPalette& palette, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&palette.field(), key, modifiers);
    }
    /// Makes the first entry that begins so the current one.
    static const PaletteEntry* choose(CommandPalette& palette, const QString& text) {
        const auto& entries = palette.entries();
        const auto at = std::find_if(entries.begin(), entries.end(),
                                     [&](const PaletteEntry& entry) { return entry.text.startsWith(text); });
        if (at == entries.end()) return nullptr;
        for (auto step = entries.begin(); step != at; ++step) press(palette, Qt::Key_Down);
        return &*at;
    }

private slots:
    void init() {
        f_ = std::make_unique<WindowFixture>();
        f_->window->resize(1280, 800);
        f_->window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    }
    void cleanup() {
        f_->window.reset();
        f_.reset();
    }

    void whatDoesHarmIsAskedInPlace() {
        RunsPage& page = f_->window->runsPage();
        f_->window->bringUp(&page);
        page.table().makeCurrent(f_->runs.find(f_->failedRun));
        QPointer<CommandPalette> palette = f_->window->openPalette();
        palette->field().setText(QStringLiteral("delete"));
        const PaletteEntry* entry = choose(*palette, QStringLiteral("Delete run…"));
        QVERIFY(entry != nullptr && entry->asks);
        const QSignalSpy ran(palette, &CommandPalette::ran);
        press(*palette, Qt::Key_Return);
        QVERIFY(palette->isVisible());
        QCOMPARE(ran.count(), 0);
        press(*palette, Qt::Key_Escape);  // not meant: the palette stays
        QVERIFY(palette->isVisible());
        press(*palette, Qt::Key_Return);
        QCOMPARE(ran.count(), 0);
        press(*palette, Qt::Key_Return);
        QCOMPARE(ran.count(), 1);
        QVERIFY(!palette || !palette->isVisible());
    }

    void escapeLeadsBackFromTheActionsOfAnObject() {
        QPointer<CommandPalette> palette = f_->window->openPalette();
        const QString name = f_->runs.find(f_->failedRun)->name();
        palette->field().setText(name);
        QVERIFY(choose(*palette, name) != nullptr);
        press(*palette, Qt::Key_Tab);
        QVERIFY(choose(*palette, name) == nullptr);
        press(*palette, Qt::Key_Escape);
        QVERIFY(palette && palette->isVisible());
        QVERIFY(choose(*palette, name) != nullptr);
        press(*palette, Qt::Key_Escape);
        QVERIFY(!palette || !palette->isVisible());
    }

    void whatWasRunLastComesFirst() {
        const auto firstOf = [this](const QString& group) {
            const auto entries = paletteEntries(*f_->window, {}).entries;
            const auto at = std::find_if(entries.begin(), entries.end(),
                                         [&](const PaletteEntry& entry) { return entry.group == group; });
            return at == entries.end() ? QString() : at->text;
        };
        QCOMPARE(firstOf(QStringLiteral("Go and do")), QStringLiteral("Pushes"));
        CommandPalette* palette = f_->window->openPalette();
        palette->field().setText(QStringLiteral("dark look"));
        QVERIFY(choose(*palette, QStringLiteral("Dark look")) != nullptr);
        press(*palette, Qt::Key_Return);
        QCOMPARE(firstOf(QStringLiteral("Go and do")), QStringLiteral("Dark look"));
    }

    void whatMatchesInGreyTextIsSetOff() {
        int marked = 0;
        for (const PaletteEntry& entry : paletteEntries(*f_->window, QStringLiteral("main")).entries) {
            if (entry.group != QLatin1String("Pushes") || entry.text.contains(QLatin1String("main"))) continue;
            if (!entry.detail.contains(QLatin1String("main"))) continue;
            QCOMPARE(entry.detailSpans.size(), std::size_t{1});
            const auto [from, length] = entry.detailSpans.front();
            QCOMPARE(entry.detail.mid(from, length), QStringLiteral("main"));
            ++marked;
        }
        QVERIFY(marked > 0);
    }

    void actionsStandAsInTheMenu() {
        const ActionTarget target = f_->window->actions().targetOf(*f_->runs.find(f_->failedRun));
        const std::unique_ptr<QMenu> menu(f_->window->actions().menuFor(target, f_->window.get()));
        QStringList inMenu;
        for (const QAction* action : menu->actions()) {
            if (!action->isSeparator()) inMenu << action->text().section(QLatin1Char('\t'), 0, 0);
        }
        CommandPalette* palette = f_->window->openPalette();
        const QString name = f_->runs.find(f_->failedRun)->name();
        palette->field().setText(name);
        QVERIFY(choose(*palette, name) != nullptr);
        press(*palette, Qt::Key_Tab);
        QStringList inPalette;
        for (const PaletteEntry& entry : palette->entries()) inPalette << entry.text;
        QCOMPARE(inPalette, inMenu);
        QCOMPARE(inMenu.constLast(), QStringLiteral("Delete run…"));
    }

    void halfARowSaysThatThereIsMore() {
        const Theme& theme = f_->theme;
        PaletteList list(theme, nullptr);
        std::vector<PaletteEntry> entries(12);
        list.show(entries, 0);
        const int row = theme.px(36);
        for (int room = 4 * row; room < list.contentHeight(); room += 7) {
            const int height = list.heightWithin(room);
            QVERIFY(height <= room && room - height <= row);
            QCOMPARE((height - theme.px(28) - 8) % row, row / 2);
        }
        QCOMPARE(list.heightWithin(list.contentHeight()), list.contentHeight());
    }

    void groupsStandTogetherAndNoneIsCrowdedOut() {
        for (const char* query : {"", "e", "services"}) {
            const auto entries = paletteEntries(*f_->window, QLatin1String(query)).entries;
            QVERIFY(entries.size() <= 12);
            QStringList groups;
            for (const PaletteEntry& entry : entries) {
                if (groups.isEmpty() || groups.constLast() != entry.group) groups << entry.group;
            }
            QStringList once = groups;
            once.removeDuplicates();
            QCOMPARE(groups, once);
            QVERIFY2(groups.contains(QStringLiteral("Runs")) && groups.contains(QStringLiteral("Pushes")), query);
        }
    }

    void anObjectOpensInAWindowOfItsOwn() {
        CommandPalette* palette = f_->window->openPalette();
        const RunRow* run = f_->runs.find(f_->failedRun);
        palette->field().setText(run->name());
        QVERIFY(choose(*palette, run->name()) != nullptr);
        std::optional<AppLink> wanted;
        connect(f_->window.get(), &MainWindow::newWindowWanted, this,
                [&](const std::optional<AppLink>& link) { wanted = link; });
        press(*palette, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(wanted.has_value());
        QCOMPARE(wanted->name, run->name());
        QVERIFY(f_->window->runPage()->uid().isEmpty());
    }

    /// A style sheet would halve the strength of what stands in an empty field.
    void theInvitationIsAsStrongAsInOtherFields() {
        const CommandPalette* palette = f_->window->openPalette();
        const QLineEdit& other = f_->window->topBar().search();
        const auto inkOf = [](const QLineEdit& field) { return field.palette().color(QPalette::PlaceholderText); };
        QCOMPARE(inkOf(*palette->findChild<QLineEdit*>()), inkOf(other));
        QVERIFY(palette->findChild<QLineEdit*>()->styleSheet().isEmpty());
    }
};

CEREBRAL_TEST(PaletteTest)
#include "palette_test.moc"
