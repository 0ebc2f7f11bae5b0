#include "core/tekton/read_pipeline_run.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/run_json.h"

using namespace cerebral;

namespace {

std::optional<tekton::PipelineRun> read(tekton::PipelineRunReader& reader, const std::string& json) {
    const std::string padded = json + std::string(simdjson::SIMDJSON_PADDING, ' ');
    return reader.read(std::string_view(padded).substr(0, json.size()));
}

std::vector<std::string> recordedRuns() {
    std::vector<std::string> runs;
    for (const char* list : {"list/pipelineruns.json", "states/pipelineruns.list.json"}) {
        const auto recorded = nlohmann::json::parse(test::readCapture(list));
        for (const auto& item : recorded.at("items")) runs.push_back(item.dump());
    }
    for (const char* stream :
         {"pipelineruns.watch.jsonl", "states/pipelineruns.watch.jsonl", "podsecurity/pipelineruns.watch.jsonl"}) {
        for (const std::string& line : test::captureLines(stream)) {
            const auto event = nlohmann::json::parse(line);
            if (event.at("type") != "BOOKMARK") runs.push_back(event.at("object").dump());
        }
    }
    return runs;
}

}  // namespace

class ReadPipelineRunTest : public QObject {
    Q_OBJECT

    tekton::PipelineRunReader reader_;

    /// Null when the reader leaves the run to the decoder, else whether both say the same.
    std::optional<bool> agrees(const std::string& json) {
        const auto quick = read(reader_, json);
        if (!quick) return std::nullopt;
        const auto decoded = tekton::decodePipelineRun(json);
        if (!decoded) return false;
        const bool owners = quick->meta.owners.size() == decoded->meta.owners.size() &&
                            quick->meta.generation == decoded->meta.generation &&
                            quick->meta.deletionTimestamp == decoded->meta.deletionTimestamp &&
                            quick->serviceAccount == decoded->serviceAccount;
        return owners && quick->tasks == decoded->tasks && test::runsJson({*quick}) == test::runsJson({*decoded});
    }

private slots:
    void saysWhatTheDecoderSays() {
        int quick = 0;
        const auto runs = recordedRuns();
        for (const std::string& json : runs) {
            const auto same = agrees(json);
            QVERIFY2(same.value_or(true), json.c_str());
            if (same) ++quick;
        }
        QVERIFY2(quick * 2 > static_cast<int>(runs.size()), qPrintable(QString::number(quick)));
    }

    void readsEscapesAndOddTypes_data() {
        QTest::addColumn<QByteArray>("json");
        const QByteArray meta = R"("metadata":{"name":"x","uid":"u","labels":{"a\"b":"c\\d\u00e9","n":1,"e":""}})";
        QTest::newRow("escapes") << "{" + meta + R"(,"status":{"conditions":[{"type":"Succeeded","status":"True",)" +
                                        R"("reason":"R\"q","message":"line\nbreak"}]}})";
        QTest::newRow("odd types") << "{" + meta + R"(,"spec":{"params":7,"status":null},"status":{"results":{},)" +
                                          R"("startTime":"never","conditions":[1,{"type":"Succeeded","status":1}]}})";
        QTest::newRow("spaces") << "{ " + meta + R"( , "status" : { "childReferences" : [ { "name" : "c" } ] } } )";
    }
    void readsEscapesAndOddTypes() {
        QFETCH(QByteArray, json);
        QCOMPARE(agrees(json.toStdString()), std::optional(true));
    }

    void leavesTheRestToTheDecoder_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no uid") << QByteArray(R"({"metadata":{"name":"x"}})");
        QTest::newRow("cut off") << QByteArray(R"({"metadata":{"name":"x","uid":"u")");
        QTest::newRow("list as a parameter")
            << QByteArray(R"({"metadata":{"name":"x","uid":"u"},"spec":{"params":[{"name":"p","value":["a"]}]}})");
        QTest::newRow("resolver") << QByteArray(
            R"({"metadata":{"name":"x","uid":"u"},"spec":{"pipelineRef":{"resolver":"git"}}})");
    }
    void leavesTheRestToTheDecoder() {
        QFETCH(QByteArray, json);
        QVERIFY(!read(reader_, json.toStdString()).has_value());
    }

    void sharesTasksOfOnePipelineAndTellsOthersApart() {
        const auto run = [&](const std::string& revision, const std::string& after) {
            using Json = nlohmann::json;
            const Json params = {{{"name", "p"}, {"value", revision}},
                                 {{"name", "q"}, {"value", "$(tasks." + after + ".results.x)"}}};
            Json json;
            json["metadata"] = {{"name", "x"}, {"uid", "u"}};
            json["status"]["pipelineSpec"]["tasks"] = {{{"name", "a"}}, {{"name", "b"}, {"params", params}}};
            return read(reader_, json.dump());
        };
        const auto one = run("1", "a");
        const auto two = run("2", "a");
        const auto other = run("1", "c");
        QVERIFY(one && two && other);
        QVERIFY(&one->tasks.list() == &two->tasks.list());
        QCOMPARE(one->tasks[1].after, std::vector<std::string>{"a"});
        QCOMPARE(other->tasks[1].after, std::vector<std::string>{"c"});
    }
};

CEREBRAL_TEST(ReadPipelineRunTest)
#include "read_pipeline_run_test.moc"
