#include "ui/widgets/push_view.h"

#include <QDateTime>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/push_maker.h"
#include "ui/theme/desk_style.h"
#include "ui/widgets/new_rows_bar.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;
using cerebral::test::PushMaker;
using cerebral::test::shared;
using journey::Stage;
using journey::StageState;

namespace {

/// What of a widget was painted.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) painted += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
    QRegion painted;
};

}  // namespace

class PushViewTest : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    Theme theme_;
    PushMaker maker_{7};
    std::unique_ptr<PushModel> model_;
    std::unique_ptr<PushView> view_;
    std::string running_;
    std::string over_;

    /// The rows that a second passing repaints, or whatever time passes.
    QRegion tickAfter(std::chrono::seconds time) {
        PaintWatch watch(*view_->viewport());
        clock_.advance(time);
        view_->tick();
        settle();
        return watch.painted;
    }
    /// Rows are laid out and painted later than they change: layout, update request, painting.
    static void settle() {
        for (int round = 0; round < 5; ++round) QCoreApplication::processEvents();
    }
    [[nodiscard]] QRect rowOf(const std::string& key) const { return view_->visualRect(model_->indexOf(key)); }

private slots:
    void init() {
        maker_.now = clock_.now();
        model_ = std::make_unique<PushModel>(clock_);
        journey::Push running = maker_.make({"ai-services"}, Stage::Build, 0);
        running.begunAt = clock_.now() - 130s;
        journey::Push over = maker_.make({"ai-services"}, Stage::Build, 0);
        over.begunAt = clock_.now() - 310s;
        maker_.put(over.services.front(), Stage::Live, StageState::Done);
        running_ = running.key;
        over_ = over.key;
        model_->apply({{shared(running), shared(over)}, {}});
        view_ = std::make_unique<PushView>(theme_, *model_);
        view_->resize(1200, 600);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
        tickAfter(0s);
    }
    void cleanup() {
        view_.reset();
        model_.reset();
    }

    void aSecondRepaintsWhatRunsAndNothingElse() {
        const QRegion painted = tickAfter(1s);
        QVERIFY(painted.contains(rowOf(running_).center()));
        QVERIFY(!painted.intersects(rowOf(over_)));
    }

    void anAgeThatReadsOtherwiseIsPainted() {
        QVERIFY(!tickAfter(49s).intersects(rowOf(over_)));
        QVERIFY(tickAfter(1s).contains(rowOf(over_).center()));
    }

    void nothingMovesWhenNothingRuns() {
        model_->apply({{}, {running_}});
        settle();
        QVERIFY(tickAfter(1s).isEmpty());
    }

    void whatComesAboveAReaderIsAnnounced() {
        QEvent leave(QEvent::Leave);  // wherever the pointer is
        QCoreApplication::sendEvent(view_.get(), &leave);
        const auto push = [this](std::chrono::seconds before) {
            journey::Push fresh = maker_.make({"ai-services"}, Stage::Build, 0);
            fresh.begunAt = clock_.now() - before;
            return shared(fresh);
        };
        std::vector<journey::PushPtr> past;
        for (int i = 0; i < 30; ++i) past.push_back(push(1h + std::chrono::minutes(i)));
        model_->apply({past, {}});
        settle();
        const auto* bar = view_->findChild<NewRowsBar*>();
        QVERIFY(bar != nullptr && bar->isHidden());
        // At the top and nobody's pointer in it: they are seen as they come.
        model_->apply({{push(3s)}, {}});
        settle();
        QVERIFY(bar->isHidden());
        view_->verticalScrollBar()->setValue(view_->verticalScrollBar()->maximum() / 2);
        const QModelIndex seen = view_->indexAt(QPoint(100, 300));
        const std::string key = model_->pushAt(seen)->key;
        const int where = view_->visualRect(seen).top();
        const int begin = view_->viewport()->y();
        model_->apply({{push(2s), push(1s)}, {}});
        model_->apply({{push(2h)}, {}});  // an old one that is known only now
        settle();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->text(), QStringLiteral("2 new"));
        // It moves where the list begins; the rows stand where they stood, and none is covered.
        QCOMPARE(rowOf(key).top() + view_->viewport()->y(), where + begin);
        QCOMPARE(bar->geometry().bottom() + 1, view_->viewport()->y());
        QCOMPARE(bar->width(), view_->viewport()->width());
        QTest::mouseClick(const_cast<NewRowsBar*>(bar), Qt::LeftButton);
        settle();
        QCOMPARE(view_->verticalScrollBar()->value(), 0);
        QVERIFY(bar->isHidden());
    }

    void whatAFilterHidesIsNotAnnounced() {
        QEvent leave(QEvent::Leave);  // wherever the pointer is
        QCoreApplication::sendEvent(view_.get(), &leave);
        const auto push = [this](std::chrono::seconds before, const char* branch) {
            journey::Push made = maker_.make({"ai-services"}, Stage::Build, 0);
            made.begunAt = clock_.now() - before;
            made.branch = branch;
            return shared(made);
        };
        std::vector<journey::PushPtr> past;
        for (int i = 0; i < 30; ++i) past.push_back(push(1h + std::chrono::minutes(i), "main"));
        model_->apply({past, {}});
        settle();
        view_->verticalScrollBar()->setValue(view_->verticalScrollBar()->maximum() / 2);
        model_->apply({{push(2s, "main"), push(1s, "feature/x")}, {}});
        settle();
        const auto* bar = view_->findChild<NewRowsBar*>();
        QCOMPARE(bar->text(), QStringLiteral("2 new"));
        PushFilter filter;
        filter.branch = QStringLiteral("main");
        model_->setFilter(filter);
        settle();
        QCOMPARE(bar->text(), QStringLiteral("1 new"));
        model_->setFilter({});
        settle();
        QCOMPARE(bar->text(), QStringLiteral("2 new"));
    }

    void largerTextLeavesTheFirstRowWhole() {
        std::vector<journey::PushPtr> past;
        for (int i = 0; i < 30; ++i) past.push_back(shared(maker_.make({"ai-services"}, Stage::Build, 0)));
        model_->apply({past, {}});
        view_->verticalScrollBar()->setValue(0);
        settle();
        QCOMPARE(view_->verticalScrollBar()->value(), 0);
        theme_.setFontScale(1.5);
        settle();
        const int moved = view_->verticalScrollBar()->value();
        theme_.setFontScale(1);
        QCOMPARE(moved, 0);
    }

    void theScrollBarLiesOverTheRowsBelowTheNames() {
        std::vector<journey::PushPtr> past;
        for (int i = 0; i < 30; ++i) past.push_back(shared(maker_.make({"ai-services"}, Stage::Build, 0)));
        model_->apply({past, {}});
        settle();
        DeskStyle style(theme_);
        QScrollBar* bar = view_->verticalScrollBar();
        view_->setStyle(&style);
        bar->setStyle(&style);
        view_->resize(view_->size() + QSize(0, 1));
        settle();
        QVERIFY(bar->isVisible());
        QCOMPARE(view_->viewport()->width(), view_->width());
        const QRect place(bar->mapTo(view_.get(), QPoint(0, 0)), bar->size());
        QCOMPARE(place.right() + 1, view_->width());
        QVERIFY(place.top() + 1 >= view_->viewport()->y());
    }

    void rowsStandStillUnderThePointer() {
        QEnterEvent enter(QPointF(100, 40), QPointF(100, 40), QPointF(100, 40));
        std::vector<journey::PushPtr> past;
        for (int i = 0; i < 30; ++i) {
            journey::Push old = maker_.make({"ai-services"}, Stage::Build, 0);
            old.begunAt = clock_.now() - 1h - std::chrono::minutes(i);
            past.push_back(shared(old));
        }
        model_->apply({past, {}});
        settle();
        const int before = rowOf(running_).top() + view_->viewport()->y();
        QCoreApplication::sendEvent(view_.get(), &enter);
        journey::Push fresh = maker_.make({"ai-services"}, Stage::Build, 0);
        fresh.begunAt = clock_.now();
        model_->apply({{shared(fresh)}, {}});
        settle();
        QCOMPARE(rowOf(running_).top() + view_->viewport()->y(), before);
        QCOMPARE(view_->findChild<NewRowsBar*>()->text(), QStringLiteral("1 new"));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(view_.get(), &leave);
        settle();
        QCOMPARE(view_->verticalScrollBar()->value(), 0);
        QVERIFY(view_->findChild<NewRowsBar*>()->isHidden());
    }

    void whatSupersededItIsOneClickAway() {
        journey::Push old = maker_.make({"ai-services"}, Stage::Build, 0);
        old.begunAt = clock_.now() - 10s;
        maker_.put(old.services.front(), Stage::Build, StageState::Cancelled);
        old.services.front().supersededBy = journey::Replacement{};
        old.services.front().supersededBy->commit = std::string(40, 'b');
        old.services.front().supersededBy->pushKey = running_;
        model_->apply({{shared(old)}, {}});
        settle();
        const QSignalSpy wanted(view_.get(), &PushView::pushWanted);
        const PushPlaces places = view_->places();
        const double x = places.stripLeft + places.strip.left(journey::indexOf(Stage::Build)) + 30;
        QTest::mouseClick(view_->viewport(), Qt::LeftButton, {},
                          QPoint(static_cast<int>(x), rowOf(old.key).center().y()));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().front().toString().toStdString(), running_);
    }

    void anotherDayRepaintsAll() {
        // "5 d" before midnight and after it, but times of yesterday are written with their day.
        journey::Push old = maker_.make({"ai-services"}, Stage::Build, 0);
        maker_.put(old.services.front(), Stage::Live, StageState::Done);
        const QDateTime now = QDateTime::fromMSecsSinceEpoch(model_->nowMs());
        const auto untilMidnight = std::chrono::seconds(now.secsTo(now.date().addDays(1).startOfDay()));
        old.begunAt = clock_.now() - 24h * 5;
        model_->apply({{shared(old)}, {}});
        settle();
        QVERIFY(!tickAfter(untilMidnight - 1s).intersects(rowOf(old.key)));
        QVERIFY(tickAfter(1s).contains(rowOf(old.key).center()));
    }
};

CEREBRAL_TEST(PushViewTest)
#include "push_view_test.moc"
