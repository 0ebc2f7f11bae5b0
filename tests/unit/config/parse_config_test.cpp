#include <QtTest/QtTest>

#include "core/config/config.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using config::Config;
using config::parseConfig;

class ParseConfigTest : public QObject {
    Q_OBJECT

    static QString errorOf(const std::string& yaml) {
        const auto config = parseConfig(yaml, "c.yaml");
        return config ? QString("accepted") : QString::fromStdString(config.error().message);
    }

private slots:
    void defaultsFitThePlatform() {
        const Config config = config::defaultConfig();
        QStringList names;
        for (const auto& rule : config.services) names << QString::fromStdString(rule.name);
        QCOMPARE(names.join(' '), QString("ai-services bmad-services data-services knowledge-services "
                                          "integration-services monitoring-services"));
        for (const auto& rule : config.services) QCOMPARE(rule.baseTag, std::string("cuda"));
        const auto& ai = config.services.front();
        QCOMPARE(ai.paths, std::vector<std::string>{"microservices/ai-services/**"});
        QCOMPARE(ai.dockerfile, std::string("microservices/ai-services/Dockerfile"));
        QCOMPARE(ai.context, std::string("microservices/ai-services"));
        QCOMPARE(ai.image, std::string("cerebral/ai-services"));
        QCOMPARE(ai.deployment, std::string("ai-services"));
        QCOMPARE(config.registry, std::string("10.34.0.202:5000"));
        QCOMPARE(config.kubeNamespace, std::string("tekton-pipelines"));
    }

    void anEmptyFileIsTheDefault() {
        for (const char* yaml : {"", "---\n", "# nothing but a comment\n", "{}"}) {
            const auto config = parseConfig(yaml, "c.yaml");
            QVERIFY2(config.has_value(), yaml);
            QCOMPARE(config->services.size(), std::size_t{6});
        }
    }

    void everyKeyIsRead() {
        const auto config = config::loadConfig(CEREBRAL_TEST_DATA "/config/every-key.yaml");
        QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
        QCOMPARE(config->registry, std::string("registry.local:5000"));
        QCOMPARE(config->baseImage, std::string("team/base"));
        QCOMPARE(config->kubeNamespace, std::string("builds"));
        QCOMPARE(config->deployNamespace, std::string("live"));
        QCOMPARE(config->pipeline, std::string("my-pipeline"));
        QCOMPARE(config->serviceAccount, std::string("builder"));
        QCOMPARE(config->workspaceSize, std::string("500Mi"));
        QCOMPARE(config->dockerConfigSecret, std::string());
        QCOMPARE(config->gitCredentialsSecret, std::string("git-login"));
        QCOMPARE(config->repositories, std::vector<std::string>{"BAERAutoTech/cerebral"});
        QCOMPARE(config->servicesRoot, std::string("services"));
        QCOMPARE(config->baseImagePaths, std::vector<std::string>{"docker/base.Dockerfile"});
        QCOMPARE(config->sharedPaths, std::vector<std::string>{"libs/**"});
        QCOMPARE(config->ignoredPaths, std::vector<std::string>{"**/*.md"});
        QCOMPARE(config->maxBuildsPerPush, std::size_t{12});
        QVERIFY(config->buildTags);
        QVERIFY(!config->supersede);
        QCOMPARE(config->maxPushAge, std::chrono::hours(48));
        QCOMPARE(config->runTimeout, std::chrono::seconds(5400));
        QCOMPARE(config->services.size(), std::size_t{2});
        const auto& plain = config->services[0];
        QCOMPARE(plain.baseTag, std::string("cpu"));
        QCOMPARE(plain.context, std::string("services/plain"));
        const auto& rich = config->services[1];
        QCOMPARE(rich.paths, (std::vector<std::string>{"README.md", "web/**"}));
        QCOMPARE(rich.dockerfile, std::string("web/Dockerfile.prod"));
        QCOMPARE(rich.image, std::string("team/web"));
        QCOMPARE(rich.baseTag, std::string());
        QCOMPARE(rich.deployment, std::string("web-front"));
        QCOMPARE(rich.buildOn, (std::vector<std::string>{"main", "release/*"}));
        QCOMPARE(rich.deployOn, std::vector<std::string>{"production"});
    }

    /// The six follow what the file says about all services.
    void builtInServicesFollowTheirDefaults() {
        const auto config = parseConfig("servicesRoot: apps\ndefaultBaseTag: cpu\n", "c.yaml");
        QVERIFY(config.has_value());
        QCOMPARE(config->services.front().context, std::string("apps/ai-services"));
        QCOMPARE(config->services.front().baseTag, std::string("cpu"));
    }

    void mistakesHaveTheirPlace_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* yaml, const char* message) {
            QTest::newRow(name) << yaml << message;
        };
        row("unknown key", "pipeline: p\nregistri: x:1\n",
            "c.yaml:2:1: unknown key \"registri\" in the configuration; did you mean \"registry\"?");
        row("unknown and nothing near", "zzzzzz: 1\n", "c.yaml:1:1: unknown key \"zzzzzz\" in the configuration");
        row("unknown key of a service", "services:\n- name: a\n  base_tag: cpu\n",
            "c.yaml:3:3: unknown key \"base_tag\" in a service; did you mean \"baseTag\"?");
        row("twice", "pipeline: a\npipeline: b\n", "c.yaml:2:1: \"pipeline\" is given twice");
        row("service twice", "services:\n- a\n- name: a\n", "c.yaml:3:3: service \"a\" is listed twice");
        row("wrong kind", "services: all\n", "c.yaml:1:11: services must be a list (\"- name: …\" lines)");
        row("list for text", "registry: [a]\n", "c.yaml:1:11: registry must be a single value, this is a list");
        row("text for list", "sharedPaths: libs/**\n",
            "c.yaml:1:14: sharedPaths must be a list (\"- …\" lines), this is a single value");
        row("scheme", "registry: http://10.34.0.202:5000\n",
            "c.yaml:1:11: registry \"http://10.34.0.202:5000\": write host:port without a scheme");
        row("no boolean", "buildTags: yes\n", "c.yaml:1:12: buildTags \"yes\": write true or false");
        row("no duration", "maxPushAge: 7 days\n",
            "c.yaml:1:13: maxPushAge \"7 days\": write a number with d, h, m or s, such as 7d or 90m");
        row("would round to off", "maxPushAge: 30m\n", "c.yaml:1:13: maxPushAge \"30m\": write whole hours");
        row("no service name", "services:\n- name: My Service\n",
            "c.yaml:2:9: name \"My Service\": write lower-case letters, digits and inner dashes, at most 63");
        row("nameless", "services:\n- image: a/b\n", "c.yaml:2:3: a service needs a name");
        row("out of the tree", "services:\n- {name: a, context: ../x}\n",
            "c.yaml:2:22: context \"../x\": write a path below the repository's root, without a slash at either end");
        row("out of range", "maxBuildsPerPush: 0\n",
            "c.yaml:1:19: maxBuildsPerPush \"0\": write a whole number from 1 to 5000");
        row("syntax", "services: [a\n", "c.yaml:2:1: not YAML: end of sequence flow not found");
        row("top is a list", "- a\n", "c.yaml:1:1: the configuration must be a mapping of keys, this is a list");
        row("two documents", "pipeline: a\n---\npipeline: b\n",
            "c.yaml:3:1: a second document begins here; the file holds one");
        row("control characters", "\"ab\\ec\": 1\n", "c.yaml:1:1: unknown key \"ab?c\" in the configuration");
        row("template value",
            "runTemplate:\n  apiVersion: tekton.dev/v1\n  kind: PipelineRun\n  spec:\n"
            "    pipelineRef: {name: $(pipelin)}\n",
            "c.yaml:5:25: unknown value $(pipelin); did you mean \"pipeline\"?");
    }
    void mistakesHaveTheirPlace() {
        QFETCH(QString, yaml);
        QFETCH(QString, message);
        QCOMPARE(errorOf(yaml.toStdString()), message);
    }

    void allMistakesAtOnceInOrder() {
        QCOMPARE(errorOf("runTimeout: soon\nregistri: x\nservices:\n- name: B\n"),
                 QString("c.yaml:1:13: runTimeout \"soon\": write a number with d, h, m or s, such as 7d or 90m\n"
                         "c.yaml:2:1: unknown key \"registri\" in the configuration; did you mean \"registry\"?\n"
                         "c.yaml:4:9: name \"B\": write lower-case letters, digits and inner dashes, at most 63"));
    }

    void bombsAreRefused() {
        std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 10; ++i) {
            const std::string use = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + use;
            for (int j = 0; j < 9; ++j) bomb += "," + use;
            bomb += "]\n";
        }
        QVERIFY(errorOf(bomb).contains("unfolds to more than 20000 values"));
        QVERIFY(errorOf("a: &a [*a]\n").startsWith("c.yaml:"));
        QVERIFY(errorOf(std::string(2U << 20U, ' ')).contains("has 2097152 bytes"));
        QVERIFY(errorOf(std::string(100'000, '[')).startsWith("c.yaml:"));
        QVERIFY(errorOf(std::string(100'000, '-')).startsWith("c.yaml:"));
    }

    void aliasesMayBeUsed() {
        const auto config = parseConfig("sharedPaths: &shared [libs/**]\nignoredPaths: *shared\n", "c.yaml");
        QVERIFY(config.has_value());
        QCOMPARE(config->ignoredPaths, std::vector<std::string>{"libs/**"});
    }

    void aMissingFileIsNamed() {
        const auto config = config::loadConfig("/nonexistent/c.yaml");
        QVERIFY(!config.has_value());
        QCOMPARE(config.error().kind, ErrorKind::Config);
        QCOMPARE(config.error().message, std::string("/nonexistent/c.yaml: cannot be read"));
    }
};

CEREBRAL_TEST(ParseConfigTest)
#include "parse_config_test.moc"
