#include <QDir>
#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/pipeline/run_manifest.h"
#include "core/pipeline/run_name.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using Json = nlohmann::ordered_json;

/// Every push shape of tests/data/push, from its bytes to its runs.
class GoldenPushTest : public QObject {
    Q_OBJECT

    static constexpr WallTime kNow{std::chrono::seconds(1'795'423'260) + std::chrono::milliseconds(125)};

    static std::string unfolded(const std::string& text) {
        Json json = Json::parse(text);
        for (int i = json.value("x-repeat-commits", 0); i > 0; --i) {
            Json commit = json["head_commit"];
            commit["id"] = QString("%1").arg(i, 40, 16, QChar('0')).toStdString();
            commit["modified"] = {"microservices/data-services/f" + std::to_string(i) + ".py"};
            json["commits"].push_back(std::move(commit));
        }
        for (int i = json.value("x-repeat-names", 0); i > 0; --i) {
            const std::string name = "microservices/data-services/vendor/f" + std::to_string(i);
            json["commits"][0]["added"].push_back(name);
            json["head_commit"]["added"].push_back(name);
        }
        return json.dump();
    }

    static std::string outcome(const std::string& payload) {
        const config::Config config = config::defaultConfig();
        const auto push = webhook::parsePushEvent(payload);
        if (!push) return "error: " + push.error().message + "\n";
        const webhook::Decision decision = webhook::decide(*push, config, kNow);
        std::string text = (decision.ignored() ? "ignored: " : "builds: ") + decision.reason + "\n";
        std::string manifest;
        for (const webhook::ServiceBuild& build : decision.builds) {
            const auto request =
                pipeline::buildRequestFor(*push, build, "72d3162e-cc78-11e3-81ab-4c9367dc0958", kNow);
            text += pipeline::runName(request) + " " + build.service.name + " " + webhook::toString(build.trigger) +
                    (build.deploy ? " deploy: " : " no-deploy: ") + build.why + "\n";
            if (manifest.empty()) manifest = "---\n" + pipeline::runManifestYaml(request, config);
        }
        return text + manifest;
    }

private slots:
    void shapes_data() {
        QTest::addColumn<QString>("shape");
        const QStringList files = QDir(CEREBRAL_TEST_DATA "/push").entryList({"*.json"}, QDir::Files, QDir::Name);
        QVERIFY(files.size() > 25);
        for (const QString& file : files) QTest::newRow(qPrintable(file)) << QFileInfo(file).completeBaseName();
    }
    void shapes() {
        QFETCH(QString, shape);
        const std::string payload = test::readTestData("push/" + shape.toStdString() + ".json");
        const std::string difference =
            test::compareGolden("golden/" + shape.toStdString() + ".txt", outcome(unfolded(payload)));
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void everyGoldenFileHasItsPush() {
        for (const QString& file : QDir(CEREBRAL_TEST_DATA "/golden").entryList({"*.txt"}, QDir::Files)) {
            QVERIFY2(QFile::exists(CEREBRAL_TEST_DATA "/push/" + QFileInfo(file).completeBaseName() + ".json"),
                     qPrintable(file));
        }
    }
};

CEREBRAL_TEST(GoldenPushTest)
#include "golden_push_test.moc"
