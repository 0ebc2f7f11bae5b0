#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"
#include "tests/unit/tekton/run_json.h"

using namespace cerebral;

class DecodePipelineRunTest : public QObject {
    Q_OBJECT
private slots:
    void everyRecordedListDecodesToItsGoldenFile_data() {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("golden");
        QTest::newRow("list") << QByteArray("list/pipelineruns.json") << QByteArray("pipelineruns.json");
        QTest::newRow("states") << QByteArray("states/pipelineruns.list.json")
                                << QByteArray("pipelineruns.states.json");
    }
    void everyRecordedListDecodesToItsGoldenFile() {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, golden);
        const auto runs = test::decodeRunList(test::readCapture(list.toStdString()));
        QVERIFY(runs.size() >= 8);
        const std::string difference =
            test::compareGolden("golden/tekton/" + golden.toStdString(), test::runsJson(runs));
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void everyRecordedEventDecodes_data() {
        QTest::addColumn<QByteArray>("stream");
        for (const char* name : {"pipelineruns.watch.jsonl", "states/pipelineruns.watch.jsonl",
                                 "podsecurity/pipelineruns.watch.jsonl"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void everyRecordedEventDecodes() {
        QFETCH(QByteArray, stream);
        kube::Store<tekton::PipelineRun> store;
        const auto sink = tekton::makePipelineRunSink(store);
        for (const std::string& line : test::captureLines(stream.toStdString())) {
            const auto event = sink->applyEvent(line, false, false);
            QVERIFY(event.has_value());
            QVERIFY(event->type != kube::WatchEventType::Error);
            QVERIFY(!event->resourceVersion.empty());
        }
        QCOMPARE(sink->malformed(), std::uint64_t{0});
        QVERIFY(store.size() > 0);
    }

    void whatIsNoRunIsRefused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no metadata") << QByteArray("{\"spec\":{}}");
        QTest::newRow("no uid") << QByteArray("{\"metadata\":{\"name\":\"x\"}}");
        QTest::newRow("cut off") << QByteArray("{\"metadata\":{\"name\":\"x\",\"uid\":\"u\"");
    }
    void whatIsNoRunIsRefused() {
        QFETCH(QByteArray, json);
        const auto run = tekton::decodePipelineRun(json.toStdString());
        QVERIFY(!run.has_value());
        QCOMPARE(run.error().kind, ErrorKind::Malformed);
    }

    void fieldsOfAnUnexpectedTypeReadAsAbsent() {
        const auto run = tekton::decodePipelineRun(
            R"({"metadata":{"name":"x","uid":"u","labels":[],"creationTimestamp":7},"spec":{"params":{},)"
            R"("pipelineRef":"p"},"status":{"conditions":[{"type":"Succeeded","status":1}],"childReferences":null}})");
        QVERIFY(run.has_value());
        QCOMPARE(run->state(), tekton::RunState::Running);
        QVERIFY(run->children.empty());
    }

    void paramsThatAreNoTextBecomeJson() {
        const auto run = tekton::decodePipelineRun(
            R"({"metadata":{"name":"x","uid":"u"},"spec":{"params":[{"name":"a","value":["x", "y"]},)"
            R"({"name":"o","value":{"k": "v"}}]}})");
        QCOMPARE(run->param("a"), std::string(R"(["x","y"])"));
        QCOMPARE(run->param("o"), std::string(R"({"k":"v"})"));
        QCOMPARE(run->param("none"), std::string());
    }
};

CEREBRAL_TEST(DecodePipelineRunTest)
#include "decode_pipeline_run_test.moc"
