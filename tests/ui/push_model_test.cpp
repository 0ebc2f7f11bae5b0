#include "ui/models/push_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <map>

#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/push_maker.h"
#include "tests/ui/storm_seed.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::PushMaker;
using cerebral::test::shared;
using journey::PushChanges;
using journey::PushPtr;
using journey::PushState;
using journey::Stage;
using journey::StageState;

class PushModelTest : public QObject {
    Q_OBJECT

    /// Everything the model promises about its rows, recomputed from scratch.
    static void checkAgainst(const PushModel& model, const std::map<std::string, PushPtr>& truth) {
        std::vector<PushPtr> expected;
        for (const auto& [key, push] : truth) {
            if (model.filter().accepts(*push)) expected.push_back(push);
        }
        std::sort(expected.begin(), expected.end(), [](const PushPtr& a, const PushPtr& b) {
            return a->begunAt != b->begunAt ? a->begunAt > b->begunAt : a->key < b->key;
        });
        QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, 0);
            const PushPtr& push = expected[static_cast<std::size_t>(row)];
            QCOMPARE(model.pushAt(index).get(), push.get());
            QCOMPARE(model.indexOf(push->key), index);
            QCOMPARE(model.rowCount(index), push->isFanOut() ? static_cast<int>(push->services.size()) : 0);
            for (int child = 0; child < model.rowCount(index); ++child) {
                const QModelIndex service = model.index(child, 0, index);
                QCOMPARE(service.parent(), index);
                QCOMPARE(model.serviceAt(service), &push->services[static_cast<std::size_t>(child)]);
            }
        }
        QCOMPARE(model.total(), static_cast<int>(truth.size()));
        std::map<PushState, int> counts;
        for (const auto& [key, push] : truth) ++counts[push->state()];
        for (auto state = PushState::Unknown; state <= PushState::Ignored;
             state = static_cast<PushState>(static_cast<int>(state) + 1)) {
            QCOMPARE(model.count(state), counts[state]);
        }
    }

private slots:
    void survivesAStorm_data() {
        QTest::addColumn<PushFilter>("filter");
        QTest::newRow("all") << PushFilter{};
        PushFilter needs;
        needs.needsSomeone = true;
        QTest::newRow("failed or stuck") << needs;
        PushFilter mine;
        mine.mine = QStringList{QStringLiteral("JT")};
        mine.service = QStringLiteral("ai-services");
        QTest::newRow("mine, one service") << mine;
    }

    void survivesAStorm() {
        QFETCH(PushFilter, filter);
        PushMaker maker(test::stormSeed());
        test::FakeClock clock;
        maker.now = clock.now();
        PushModel model(clock);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setFilter(filter);
        std::map<std::string, PushPtr> truth;
        for (int round = 0; round < 60; ++round) {
            PushChanges changes;
            for (auto it = truth.begin(); it != truth.end();) {
                const int dice = maker.number(100);
                if (dice < 3) {
                    changes.removed.push_back(it->first);
                    it = truth.erase(it);
                    continue;
                }
                if (dice < 20) {
                    it->second = shared(maker.changed(*it->second));
                    changes.changed.push_back(it->second);
                }
                ++it;
            }
            for (int i = round == 0 ? 80 : maker.number(6); i > 0; --i) {
                const PushPtr push = shared(maker.random());
                truth[push->key] = push;
                changes.changed.push_back(push);
            }
            model.apply(changes);
            checkAgainst(model, truth);
            if (round % 20 == 19) {
                model.setFilter({});
                checkAgainst(model, truth);
                model.setFilter(filter);
                checkAgainst(model, truth);
            }
        }
        QCOMPARE(resets.count(), 0);
    }

    void oneChangeTouchesOneRow() {
        PushMaker maker(3);
        test::FakeClock clock;
        PushModel model(clock);
        PushChanges first;
        for (int i = 0; i < 20; ++i) first.changed.push_back(shared(maker.make({"ai-services"}, Stage::Build, i)));
        model.apply(first);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        journey::Push later = *first.changed[7];
        maker.put(later.services.front(), Stage::Live, StageState::Done);
        model.apply({{shared(later)}, {}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(layouts.count(), 0);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 7);
    }

    void aFanOutThatFailsOpensOnce() {
        PushMaker maker(5);
        test::FakeClock clock;
        PushModel model(clock);
        QSignalSpy opened(&model, &PushModel::needsAttention);
        journey::Push push = maker.make({"ai-services", "data-services"}, Stage::Build, 1);
        model.apply({{shared(push)}, {}});
        QCOMPARE(opened.count(), 0);
        maker.put(push.services.back(), Stage::Build, StageState::Failed);
        model.apply({{shared(push)}, {}});
        model.apply({{shared(push)}, {}});
        QCOMPARE(opened.count(), 1);
        QCOMPARE(model.pushAt(opened.at(0).at(0).toModelIndex())->key, push.key);
    }

    void clearingIsTheOneReset() {
        PushMaker maker(8);
        test::FakeClock clock;
        PushModel model(clock);
        model.apply({{shared(maker.random()), shared(maker.random())}, {}});
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.clear();
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.rowCount(), 0);
        checkAgainst(model, {});
    }

    void countsFollowAPushThroughItsStates() {
        PushMaker maker(11);
        test::FakeClock clock;
        PushModel model(clock);
        QSignalSpy told(&model, &PushModel::countsChanged);
        journey::Push push = maker.make({"ai-services"}, Stage::Build, 1);
        model.apply({{shared(push)}, {}});
        QCOMPARE(model.count(PushState::Underway), 1);
        maker.put(push.services.front(), Stage::Build, StageState::Stuck);
        model.apply({{shared(push)}, {}});
        QCOMPARE(model.count(PushState::Underway), 0);
        QCOMPARE(model.count(PushState::Stuck), 1);
        // What a filter hides is counted all the same.
        PushFilter nobody;
        nobody.service = QStringLiteral("data-services");
        model.setFilter(nobody);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.count(PushState::Stuck), 1);
        model.apply({{}, {push.key}});
        QCOMPARE(model.count(PushState::Stuck), 0);
        QCOMPARE(told.count(), 4);
    }
};

CEREBRAL_TEST(PushModelTest)
#include "push_model_test.moc"
