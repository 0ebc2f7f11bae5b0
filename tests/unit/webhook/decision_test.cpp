#include <QtTest/QtTest>

#include "core/webhook/decision.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::webhook;

/// The shapes of pushes are golden files (unit_pipeline's GoldenPushTest); here is what configuration does.
class DecisionTest : public QObject {
    Q_OBJECT

    static constexpr WallTime kNow{std::chrono::seconds(1'795'423'260)};

    static PushEvent push(const std::string& shape) {
        auto event = parsePushEvent(test::readTestData("push/" + shape + ".json"));
        Q_ASSERT(event.has_value());
        return *event;
    }
    static QString services(const Decision& decision) {
        QStringList names;
        for (const ServiceBuild& build : decision.builds) {
            names << QString::fromStdString(build.service.name) + (build.deploy ? "+" : "");
        }
        return names.join(' ');
    }

private slots:
    void allowList() {
        config::Config config = config::defaultConfig();
        config.repositories = {"baerautotech/Cerebral"};
        QCOMPARE(services(decide(push("one-service"), config, kNow)), QString("ai-services+"));
        config.repositories = {"BAERAutoTech/cerebral2", "other/cerebral"};
        const Decision decision = decide(push("one-service"), config, kNow);
        QVERIFY(decision.ignored());
        QCOMPARE(decision.reason, std::string("repository BAERAutoTech/cerebral is not in the configured list"));
    }

    void branchRules() {
        config::Config config = config::defaultConfig();
        config.services[0].buildOn = {"main", "release/*"};
        config.services[3].deployOn = {"feature/**"};
        QCOMPARE(services(decide(push("one-service"), config, kNow)), QString("ai-services+"));
        QCOMPARE(services(decide(push("feature-branch"), config, kNow)), QString("knowledge-services+"));
        config.services[0].buildOn = {"release/*"};
        const Decision decision = decide(push("one-service"), config, kNow);
        QVERIFY(decision.ignored());
        QCOMPARE(decision.reason,
                 std::string("no service changed (1 file touched); ai-services is not built on main"));
    }

    void ageLimit() {
        config::Config config = config::defaultConfig();
        const PushEvent event = push("one-service");
        QVERIFY(!decide(event, config, *event.pushedAt + std::chrono::hours(7 * 24)).ignored());
        const Decision late = decide(event, config, *event.pushedAt + std::chrono::hours(7 * 24 + 1));
        QVERIFY(late.ignored());
        QCOMPARE(late.reason, std::string("pushed 7 days ago, more than maxPushAge allows"));
        config.maxPushAge = std::chrono::hours(0);
        QVERIFY(!decide(event, config, *event.pushedAt + std::chrono::hours(9999)).ignored());
    }

    void tagsWhenConfigured() {
        config::Config config = config::defaultConfig();
        config.buildTags = true;
        const Decision decision = decide(push("new-tag"), config, kNow);
        QCOMPARE(decision.builds.size(), std::size_t{6});
        QVERIFY(std::none_of(decision.builds.begin(), decision.builds.end(), [](const auto& b) { return b.deploy; }));
        QVERIFY(decide(push("deleted-tag"), config, kNow).ignored());
    }

    void platformServicesArePartOfEveryService() {
        const config::Config config = config::defaultConfig();
        const PushEvent forced = push("force-push-without-commits");
        const Decision decision = decide(forced, config, kNow, {{"ai-services", "billing-services", "Not Valid"}});
        QCOMPARE(decision.builds.size(), std::size_t{7});
        QCOMPARE(decision.builds.back().service.name, std::string("billing-services"));
        QCOMPARE(decision.builds.back().service.context, std::string("microservices/billing-services"));
        const Decision unknown = decide(forced, config, kNow, std::nullopt);
        QCOMPARE(unknown.builds.size(), std::size_t{6});
        QVERIFY(QString::fromStdString(unknown.reason).contains("could not be read"));
        // Named only where it matters.
        QVERIFY(
            !QString::fromStdString(decide(push("one-service"), config, kNow, std::nullopt).reason).contains("read"));
    }

    void aBaseImageChangeSparesServicesWithoutBase() {
        config::Config config = config::defaultConfig();
        config.services[1].baseTag = "";
        const Decision decision = decide(push("base-image"), config, kNow);
        QCOMPARE(services(decision), QString("ai-services+ data-services+ knowledge-services+ integration-services+ "
                                             "monitoring-services+"));
        QCOMPARE(decision.builds[0].trigger, Trigger::BaseImage);
    }

    void sharedAndIgnoredPaths() {
        config::Config config = config::defaultConfig();
        config.sharedPaths = {"docs/**"};
        const Decision shared = decide(push("no-service"), config, kNow);
        QCOMPARE(shared.builds.size(), std::size_t{6});
        QCOMPARE(shared.reason, std::string("every service: docs/guide.md changed"));
        config.sharedPaths = {"microservices/billing-services/**"};
        QCOMPARE(decide(push("unlisted-service"), config, kNow).builds.size(), std::size_t{6});
        config.sharedPaths.clear();
        config.ignoredPaths = {"**/*.py"};
        QVERIFY(decide(push("one-service"), config, kNow).ignored());
    }

    void aServiceMayLieAnywhere() {
        config::Config config = config::defaultConfig();
        config::ServiceRule rule;
        rule.name = "handbook";
        rule.paths = {"README.md"};
        config.services = {config::completeRule(rule, "microservices")};
        const Decision decision = decide(push("no-service"), config, kNow);
        QCOMPARE(services(decision), QString("handbook+"));
        QCOMPARE(decision.builds[0].why, std::string("README.md changed"));
    }

    void buildsAreCapped() {
        config::Config config = config::defaultConfig();
        config.maxBuildsPerPush = 2;
        const Decision decision = decide(push("fan-out"), config, kNow);
        QCOMPARE(services(decision), QString("ai-services+ data-services+"));
        QCOMPARE(decision.reason, std::string("2 services changed; 1 more are over maxBuildsPerPush"));
    }

    void aRemovedServiceIsNotBuiltByABaseChangeEither() {
        PushEvent event = push("removed-service");
        event.commits[1].modified.emplace_back("docker/requirements-unified.txt");
        const Decision decision = decide(event, config::defaultConfig(), kNow);
        QCOMPARE(decision.builds.size(), std::size_t{5});
        QVERIFY(!services(decision).contains("bmad"));
    }

    void rulesForUnlistedServices() {
        const config::Config config = config::defaultConfig();
        QCOMPARE(ruleFor("billing-services", config)->image, std::string("cerebral/billing-services"));
        QVERIFY(!ruleFor("../etc", config));
        QVERIFY(!ruleFor("", config));
        QVERIFY(!ruleFor(std::string(64, 'a'), config));
    }
};

CEREBRAL_TEST(DecisionTest)
#include "decision_test.moc"
