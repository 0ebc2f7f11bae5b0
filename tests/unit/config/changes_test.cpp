#include <QtTest/QtTest>

#include "core/config/changes.h"
#include "tests/support/test_main.h"

using namespace cerebral::config;

class ChangesTest : public QObject {
    Q_OBJECT
private slots:
    void equalConfigurationsDoNotDiffer() { QVERIFY(changedKeys(defaultConfig(), defaultConfig()).empty()); }

    /// tests/data/config/every-key.yaml moves each key away from its default.
    void everyKeyIsSeen() {
        auto changed = loadConfig(CEREBRAL_TEST_DATA "/config/every-key.yaml");
        QVERIFY(changed.has_value());
        changed->runTemplate = "{}";
        const std::vector<std::string> keys = changedKeys(defaultConfig(), *changed);
        QCOMPARE(keys.size(), std::size_t{21 + 6 + 2});
        QCOMPARE(keys.front(), std::string("registry"));
        QCOMPARE(keys.back(), std::string("runTemplate"));
    }

    void servicesOneByOne() {
        const Config before = defaultConfig();
        Config after = before;
        after.services[0].baseTag = "cpu";
        after.services[1].name = "billing-services";
        const std::vector<std::string> expected{"service ai-services", "service billing-services (new)",
                                                "service bmad-services (gone)"};
        QCOMPARE(changedKeys(before, after), expected);
    }
};

CEREBRAL_TEST(ChangesTest)
#include "changes_test.moc"
