// What the pages say of what they show: one truth, no guesses, and a way on.
#include <QLabel>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/format.h"
#include "ui/pages/palette_entries.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::WindowFixture;

class PageWordsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    void show(Page& page) {
        f_->window->bringUp(&page);
        f_->window->resize(1280, 800);
        f_->window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    }
    static bool says(const QWidget& page, const QString& text) {
        const auto labels = page.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }
private slots:
    void init() { f_ = std::make_unique<WindowFixture>(); }
    void cleanup() {
        f_->window.reset();
        f_.reset();
    }

    void theHeaderAndTheChipCountTheSamePushes() {
        PushesPage& page = f_->window->pushesPage();
        show(page);
        int failed = 0;
        int stuck = 0;
        WallTime oldest = f_->clock.now();
        f_->pushes.forEach([&](const journey::Push& push) {
            failed += push.state() == journey::PushState::Failed ? 1 : 0;
            stuck += push.state() == journey::PushState::Stuck ? 1 : 0;
            oldest = std::min(oldest, push.begunAt);
        });
        QVERIFY(failed > 0 && stuck > 0);
        QTRY_VERIFY(says(page, QStringLiteral("%1 failed").arg(failed)));
        QVERIFY(says(page, QStringLiteral("%1 stuck").arg(stuck)));
        if (formatDay(oldest, f_->clock.now()) != formatDay(f_->clock.now(), f_->clock.now()))
            QVERIFY(says(page, QStringLiteral("· since ") + formatClockOrDay(oldest, f_->clock.now())));
        const auto chips = page.findChildren<Chip*>();
        QVERIFY(std::any_of(chips.begin(), chips.end(), [&](const Chip* chip) {
            return chip->accessibleName().contains(QString::number(failed + stuck)) ||
                   chip->text().contains(QString::number(failed + stuck));
        }));
    }

    void lettersThatAreSwitchedOffReachTextOnly() {
        PushesPage& page = f_->window->pushesPage();
        show(page);
        PushView& view = page.view();
        QTest::keyClick(&view, Qt::Key_J);
        const QPersistentModelIndex first = view.currentIndex();
        QVERIFY(first.isValid());
        f_->settings.setLetterKeys(false);
        QTest::keyClick(&view, Qt::Key_J);
        QCOMPARE(view.currentIndex(), QModelIndex(first));
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(view.currentIndex() != first);
        QTest::keyClick(&page.commitBox().field(), Qt::Key_A);
        QCOMPARE(page.commitBox().field().text(), QStringLiteral("a"));
        f_->settings.setLetterKeys(true);
        QTest::keyClick(&view, Qt::Key_K);
        QCOMPARE(view.currentIndex(), QModelIndex(first));
    }

    void theCommitBoxSaysWhatItTakes() {
        PushesPage& page = f_->window->pushesPage();
        show(page);
        CommitBox& box = page.commitBox();
        const auto answers = [&](const QString& words) {
            const auto parts = box.findChildren<QWidget*>();
            return std::any_of(parts.begin(), parts.end(),
                               [&](const QWidget* part) { return part->accessibleName().contains(words); });
        };
        QVERIFY(answers(QStringLiteral("Paste a sha")));
        box.field().setText(QStringLiteral("release-2.4"));
        QVERIFY(answers(QStringLiteral("Not a commit: 4 to 40 hexadecimal digits")));
        box.field().setText(QStringLiteral("c0ffee00"));
        QVERIFY(!answers(QStringLiteral("Not a commit")));
        // One commit in the place of another shows its beginning too, which the answer begins with.
        box.field().setText(QString(40, QLatin1Char('a')));
        QCOMPARE(box.field().cursorPosition(), 0);
        box.field().setText(QString(40, QLatin1Char('b')));
        QCOMPARE(box.field().cursorPosition(), 0);
    }

    void aLargeAnswerHasTheWholeWidth() {
        PushesPage& page = f_->window->pushesPage();
        show(page);
        CommitBox& box = page.commitBox();
        box.field().setText(QStringLiteral("c0ffee00"));
        CommitAnswer answer;
        answer.commit = QStringLiteral("c0ffee00");
        answer.lines.push_back({AnswerTone::Live, QStringLiteral("ai-services"),
                                QStringLiteral("is live in 2/2 pods"), QStringLiteral(" since 12:41"),
                                QStringLiteral("main@9eb2fbc"), QStringLiteral("key"), 2, 2});
        const auto view = [&] {
            const auto parts = box.findChildren<QWidget*>();
            const auto it = std::find_if(parts.begin(), parts.end(), [](const QWidget* part) {
                return part->accessibleName().contains(QLatin1String("is live in 2/2 pods"));
            });
            return it == parts.end() ? nullptr : *it;
        };
        box.setAnswer(answer);
        QTRY_VERIFY(view() != nullptr && view()->x() > box.field().geometry().right());
        // What fits stands beside the field in large text too.
        f_->theme.setFontScale(1.5);
        QTRY_VERIFY(view()->x() > box.field().geometry().right());
        answer.lines.front().verdict += QStringLiteral(" of all those that this service has in this cluster now");
        box.setAnswer(answer);
        QTRY_VERIFY(view()->y() > box.field().geometry().bottom());
        QVERIFY(view()->width() > box.width() * 3 / 4);
        answer.lines.front().verdict = QStringLiteral("is live in 2/2 pods");
        box.setAnswer(answer);
        f_->theme.setFontScale(1.0);
        QTRY_VERIFY(view()->x() > box.field().geometry().right());
    }

    void thePaletteCountsWhatMatches() {
        show(f_->window->pushesPage());
        const PaletteOffer offer = paletteEntries(*f_->window, {});
        QVERIFY(offer.all > offer.entries.size());
        QVERIFY(offer.all >= static_cast<std::size_t>(f_->pushes.total()));
        const PaletteOffer none = paletteEntries(*f_->window, QStringLiteral("nothing is called this"));
        QVERIFY(none.entries.empty() && none.all == 0);
        // Commits and names of runs are code.
        QVERIFY(std::any_of(offer.entries.begin(), offer.entries.end(), [](const PaletteEntry& entry) {
            return entry.group == QLatin1String("Runs") && entry.code == entry.text.size();
        }));
    }

    void noMatchSaysOfWhatAndClearsIt() {
        auto& search = f_->window->topBar().search();
        for (Page* page :
             {static_cast<Page*>(&f_->window->pushesPage()), static_cast<Page*>(&f_->window->runsPage())}) {
            show(*page);
            search.setText(QStringLiteral("nobody <b>pushes</b> this"));
            QVERIFY(says(*page, QStringLiteral("matches “nobody <b>pushes</b> this”")));
            QCoreApplication::processEvents();  // a layout shows what is added to it in the next turn
            const auto* empty = page->findChild<EmptyState*>();
            const auto buttons = empty->findChildren<Button*>();
            const auto clear = std::find_if(buttons.begin(), buttons.end(), [](const Button* button) {
                return button->isVisible() && button->text() == QLatin1String("Clear filters");
            });
            QVERIFY(clear != buttons.end());
            (*clear)->click();
            QCOMPARE(search.text(), QString());
            QVERIFY(!says(*page, QStringLiteral("matches")));
        }
    }
};

CEREBRAL_TEST(PageWordsTest)
#include "page_words_test.moc"
