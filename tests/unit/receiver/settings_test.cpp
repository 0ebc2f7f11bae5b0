#include "receiver/settings/settings.h"

#include <QtTest/QtTest>
#include <map>

#include "receiver/failpoints/failpoints.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

using Variables = std::map<std::string, std::string>;

Result<receiver::Settings> read(Variables variables, bool serving = true) {
    return receiver::readSettings(
        [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
            const auto it = variables.find(name);
            return it == variables.end() ? std::nullopt : std::optional(it->second);
        },
        serving);
}

Variables with(const char* name, const char* value) {
    return {{"GITHUB_WEBHOOK_SECRET", "s3cret"}, {name, value}};
}

}  // namespace

class SettingsTest : public QObject {
    Q_OBJECT
private slots:
    void withoutASecretItDoesNotServe() {
        for (const Variables& variables : {Variables{}, Variables{{"GITHUB_WEBHOOK_SECRET", ""}},
                                           Variables{{"GITHUB_WEBHOOK_SECRET_PREVIOUS", "old"}}}) {
            const auto settings = read(variables);
            QVERIFY(!settings);
            QCOMPARE(settings.error().kind, ErrorKind::Config);
            QVERIFY(settings.error().message.starts_with("GITHUB_WEBHOOK_SECRET is empty"));
        }
        QVERIFY(read({}, false).has_value());
    }

    void whatIsRefusedNamesItsVariable_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"PORT", "65536"},
                 {"PORT", "-1"},
                 {"PORT", "80x"},
                 {"PORT", " 80"},
                 {"ADMIN_PORT", "http"},
                 {"ANSWER_BUDGET_MS", "8001"},
                 {"ANSWER_BUDGET_MS", "99999999999999999999"}}) {
            QTest::addRow("%s=%s", name, value) << QByteArray(name) << QByteArray(value);
        }
    }
    void whatIsRefusedNamesItsVariable() {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto settings = read(with(name.constData(), value.constData()));
        QVERIFY(!settings);
        QVERIFY2(QByteArray::fromStdString(settings.error().message).startsWith(name),
                 settings.error().message.c_str());
        QVERIFY(settings.error().message.find("s3cret") == std::string::npos);
    }

    void defaultsAndBothSecrets() {
        const auto settings = read({{"GITHUB_WEBHOOK_SECRET", "new"}, {"GITHUB_WEBHOOK_SECRET_PREVIOUS", "old"}});
        QVERIFY(settings.has_value());
        QCOMPARE(settings->port, std::uint16_t{3000});
        QCOMPARE(settings->adminPort, std::uint16_t{9090});
        QCOMPARE(settings->answerBudget, std::chrono::milliseconds(80));
        QCOMPARE(settings->secrets.size(), std::size_t{2});
        QCOMPARE(std::string(settings->secrets[0].reveal()), std::string("new"));
        QVERIFY(!settings->redelivery);
        QCOMPARE(read(with("LISTEN_ADDRESS", "127.0.0.1"))->adminAddress, std::string("127.0.0.1"));
    }

    void aRedeliveryTokenTravelsSafelyOrNotAtAll() {
        const auto redelivery = [](const char* hook, const char* url) {
            return read({{"GITHUB_WEBHOOK_SECRET", "s"},
                         {"GITHUB_REDELIVERY_TOKEN", "ghp_token"},
                         {"GITHUB_REDELIVERY_HOOK", hook},
                         {"GITHUB_API_URL", url}});
        };
        const auto good = redelivery("BAERAutoTech/cerebral/4711", "https://ghe.example/api/v3/");
        QVERIFY2(good.has_value(), good ? "" : good.error().message.c_str());
        QCOMPARE(good->redelivery->repository, std::string("BAERAutoTech/cerebral"));
        QCOMPARE(good->redelivery->hookId, std::string("4711"));
        QCOMPARE(good->redelivery->apiUrl, std::string("https://ghe.example/api/v3"));
        QVERIFY(redelivery("a/b/1", "http://127.0.0.1:8080").has_value());
        for (const auto& bad :
             {redelivery("a/b/1", "http://ghe.example"), redelivery("a/b/1", "ftp://ghe.example"),
              redelivery("a/1", ""), redelivery("a/b/", ""), redelivery("a/b/x1", ""), redelivery("", "")}) {
            QVERIFY(!bad);
            QVERIFY(bad.error().message.find("ghp_token") == std::string::npos);
        }
    }

    void failpointsAreExactOrRefused() {
        for (const char* good : {"", "after-spool:kill", "after-spool:kill:3"}) {
            QVERIFY2(receiver::Failpoints::parse(good).has_value(), good);
        }
        for (const char* bad : {"after-spool", ":kill", "a:kill:0", "a:kill:", "a:kill:x", "a:kill:-1", "a:stop"}) {
            QVERIFY2(!receiver::Failpoints::parse(bad), bad);
        }
        auto points = receiver::Failpoints::parse("there:kill:3");
        for (int i = 0; i < 100; ++i) points->pass("elsewhere");
        points->pass("there");
        points->pass("there");  // the third passage is tested by the crash tests
    }
};

CEREBRAL_TEST(SettingsTest)
#include "settings_test.moc"
