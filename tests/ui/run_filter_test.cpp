#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/run_maker.h"
#include "ui/models/run_filter.h"

using namespace cerebral;
using namespace cerebral::ui;
using cerebral::test::RunMaker;
using tekton::RunState;

class RunFilterTest : public QObject {
    Q_OBJECT

private slots:
    void selectors_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<bool>("matches");
        QTest::newRow("short key") << "service=data-services" << true << true;
        QTest::newRow("double equals") << "service == data-services" << true << true;
        QTest::newRow("full key") << "cerebral.baerautotech.com/service=ai-services" << true << false;
        QTest::newRow("not equal") << "service!=ai-services" << true << true;
        QTest::newRow("not equal matches what is absent") << "team!=a" << true << true;
        QTest::newRow("in") << "service in (ai-services, data-services)" << true << true;
        QTest::newRow("notin") << "service notin (data-services)" << true << false;
        QTest::newRow("exists") << "service" << true << true;
        QTest::newRow("missing") << "!team" << true << true;
        QTest::newRow("and") << "service=data-services,team" << true << false;
        QTest::newRow("empty") << "" << true << true;
        QTest::newRow("nonsense") << "service=(" << false << false;
        QTest::newRow("hanging comma") << "service=a," << false << false;
    }
    void selectors() {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        QFETCH(bool, matches);
        RunMaker maker(1);
        QString problem;
        const auto selector = LabelSelector::parse(text, &problem);
        QCOMPARE(selector.has_value(), valid);
        QCOMPARE(problem.isEmpty(), valid);
        if (selector) QCOMPARE(selector->matches(*maker.make(RunState::Running, "data-services", 1)), matches);
    }
    void partsCombineAsAnd() {
        RunMaker maker(1);
        const RunRow row = makeRunRow(maker.make(RunState::Failed, "data-services", 1));
        RunFilter filter;
        QVERIFY(filter.accepts(row));
        filter.groups = {static_cast<int>(StateGroup::Failed), static_cast<int>(StateGroup::Running)};
        QVERIFY(filter.accepts(row));
        filter.words = {QStringLiteral("DATA"), row.commit().left(7)};
        QVERIFY(filter.accepts(row));
        filter.services = {QStringLiteral("ai-services"), QStringLiteral("bmad-services")};
        QVERIFY(!filter.accepts(row));
        filter.services << QStringLiteral("data-services");
        QVERIFY(filter.accepts(row));
        filter.services.clear();
        filter.groups = {static_cast<int>(StateGroup::Running)};
        QVERIFY(!filter.accepts(row));
    }
};

CEREBRAL_TEST(RunFilterTest)
#include "run_filter_test.moc"
