#include <QtTest/QtTest>

#include "core/config/run_template.h"
#include "tests/support/test_main.h"

using cerebral::config::compileRunTemplate;

class RunTemplateTest : public QObject {
    Q_OBJECT

    static QString compiled(const std::string& spec, const std::string& top = {}) {
        const auto json =
            compileRunTemplate("apiVersion: tekton.dev/v1\nkind: PipelineRun\n" + top + "spec:\n" + spec, "t.yaml");
        return QString::fromStdString(json ? *json : json.error().message);
    }

private slots:
    void theBuiltInOneCompiles() {
        const auto json = compileRunTemplate(cerebral::config::builtInRunTemplate(), "built-in");
        QVERIFY2(json.has_value(), json ? "" : json.error().message.c_str());
    }

    void scalarsKeepTheirTypes() {
        QCOMPARE(compiled("  pipelineRef: {name: p}\n  a: 1\n  b: \"1\"\n  c: true\n  d: 'true'\n  e: ~\n  f: 1.5\n"
                          "  g: 1h0m0s\n  h: 007\n  i: 1.2.3\n"),
                 QString(R"({"apiVersion":"tekton.dev/v1","kind":"PipelineRun","spec":{"pipelineRef":{"name":"p"},)"
                         R"("a":1,"b":"1","c":true,"d":"true","e":null,"f":1.5,"g":"1h0m0s","h":7,"i":"1.2.3"}})"));
    }

    void mistakesHaveTheirPlace_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("top");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* spec, const char* top, const char* message) {
            QTest::newRow(name) << spec << top << message;
        };
        const char* good = "  pipelineRef: {name: p}\n";
        row("name", good, "metadata: {name: x}\n",
            "t.yaml:3:12: unknown key \"name\" in metadata (name and namespace are the receiver's)");
        row("no reference", "  params: []\n", "", "t.yaml:4:3: spec needs either pipelineRef or pipelineSpec");
        row("both", "  pipelineRef: {name: p}\n  pipelineSpec: {}\n", "",
            "t.yaml:4:3: spec needs either pipelineRef or pipelineSpec");
        row("param twice", "  pipelineRef: {name: p}\n  params:\n  - {name: a, value: x}\n  - {name: a, value: y}\n",
            "", "t.yaml:7:12: spec.params has \"a\" twice");
        row("workspace twice", "  pipelineRef: {name: p}\n  workspaces: [{name: a}, {name: a}]\n", "",
            "t.yaml:5:34: spec.workspaces has \"a\" twice");
        row("value in a key", "  pipelineRef: {name: p}\n  $(service): x\n", "",
            "t.yaml:5:3: key \"$(service)\": keys hold no values");
        row("open", "  pipelineRef: {name: $(pipeline}\n", "", "t.yaml:4:23: \"$(pipeline\": \"$(\" without \")\"");
        row("key twice", "  pipelineRef: {name: p, name: q}\n", "", "t.yaml:4:26: \"name\" is given twice");
    }
    void mistakesHaveTheirPlace() {
        QFETCH(QString, spec);
        QFETCH(QString, top);
        QFETCH(QString, message);
        QCOMPARE(compiled(spec.toStdString(), top.toStdString()), message);
    }

    void tektonsOwnVariablesPass() {
        QVERIFY(compiled("  pipelineRef: {name: \"$(context.pipelineRun.name)\"}\n")
                    .contains("$(context.pipelineRun.name)"));
    }

    void wrongKinds() {
        QCOMPARE(QString::fromStdString(
                     compileRunTemplate("apiVersion: tekton.dev/v1beta1\nkind: TaskRun\n", "t.yaml").error().message),
                 QString("t.yaml:1:1: the template needs a spec\n"
                         "t.yaml:1:13: the template's apiVersion must be tekton.dev/v1\n"
                         "t.yaml:2:7: the template's kind must be PipelineRun"));
        QCOMPARE(QString::fromStdString(compileRunTemplate("", "t.yaml").error().message),
                 QString("t.yaml:1:1: runTemplate is empty"));
    }
};

CEREBRAL_TEST(RunTemplateTest)
#include "run_template_test.moc"
