#include <QtTest/QtTest>
#include <set>

#include "core/kube/workloads/decode.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

std::string eventLine(const char* type, int number, int version = 0) {
    const std::string id = std::to_string(number);
    const std::string time = "2026-11-23T07:" + std::to_string(10 + number / 60) + ":" +
                             (number % 60 < 10 ? "0" : "") + std::to_string(number % 60) + "Z";
    return std::string(R"({"type":")") + type + R"(","object":{"metadata":{"name":"e)" + id +
           R"(","namespace":"n","uid":"u)" + id + R"(","resourceVersion":")" +
           std::to_string(100 + number + version) + R"("},"reason":"R","lastTimestamp":")" + time + R"("}})";
}

std::set<std::string> names(const kube::Store<kube::Event>& store) {
    std::set<std::string> all;
    for (const auto& event : store.snapshot()) all.insert(event->meta.name);
    return all;
}

}  // namespace

class EventSinkTest : public QObject {
    Q_OBJECT

private slots:
    void keepsTheNewest() {
        kube::Store<kube::Event> store;
        std::size_t most = 0;
        store.setListener([&](const auto&) { most = std::max(most, store.size()); });
        const auto sink = kube::makeEventSink(store, 3);
        for (const int number : {5, 1, 9, 2, 7, 8})
            QVERIFY(sink->applyEvent(eventLine("ADDED", number), false, false));
        QCOMPARE(names(store), (std::set<std::string>{"e7", "e8", "e9"}));
        QVERIFY(most <= 4);
    }

    void anUpdateIsNotASecondEvent() {
        kube::Store<kube::Event> store;
        const auto sink = kube::makeEventSink(store, 2);
        QVERIFY(sink->applyEvent(eventLine("ADDED", 1), false, false));
        QVERIFY(sink->applyEvent(eventLine("ADDED", 2), false, false));
        QVERIFY(sink->applyEvent(eventLine("MODIFIED", 2, 50), false, false));
        QCOMPARE(names(store), (std::set<std::string>{"e1", "e2"}));
    }

    void deletedMakesRoom() {
        kube::Store<kube::Event> store;
        const auto sink = kube::makeEventSink(store, 2);
        for (const int number : {1, 2}) QVERIFY(sink->applyEvent(eventLine("ADDED", number), false, false));
        QVERIFY(sink->applyEvent(eventLine("DELETED", 2), false, false));
        QVERIFY(sink->applyEvent(eventLine("ADDED", 3), false, false));
        QCOMPARE(names(store), (std::set<std::string>{"e1", "e3"}));
    }

    void boundsAListToo() {
        kube::Store<kube::Event> store;
        const auto sink = kube::makeEventSink(store, 20);
        const auto meta = sink->addPage(test::readCapture("list/events.tekton-pipelines.json"), false);
        QVERIFY(meta.has_value());
        QVERIFY(meta->items > 300);
        QCOMPARE(store.size(), std::size_t{0});
        sink->commitList();
        QCOMPARE(store.size(), std::size_t{20});

        kube::Store<kube::Event> all;
        const auto unbounded = kube::makeEventSink(all);
        QVERIFY(unbounded->addPage(test::readCapture("list/events.tekton-pipelines.json"), true).has_value());
        QCOMPARE(all.size(), meta->items);
        WallTime oldestKept = WallTime::max();
        for (const auto& event : store.snapshot()) oldestKept = std::min(oldestKept, event->when());
        std::size_t newer = 0;
        for (const auto& event : all.snapshot()) newer += event->when() > oldestKept ? 1U : 0U;
        QVERIFY(newer < 20);
    }

    void anAbandonedListLeavesNothing() {
        kube::Store<kube::Event> store;
        const auto sink = kube::makeEventSink(store, 5);
        QVERIFY(sink->addPage(test::readCapture("list/events.tekton-pipelines.json"), false).has_value());
        sink->abandonList();
        QVERIFY(sink->applyEvent(eventLine("ADDED", 1), true, false));
        sink->commitList();
        QCOMPARE(names(store), (std::set<std::string>{"e1"}));
    }

    void countsWhatItCannotRead() {
        kube::Store<kube::Event> store;
        const auto sink = kube::makeEventSink(store);
        QVERIFY(!sink->applyEvent("{", false, false));
        QVERIFY(!sink->applyEvent("{\"type\":\"NEW\",\"object\":{}}", false, false));
        QVERIFY(sink->applyEvent("{\"type\":\"ADDED\",\"object\":{}}", false, false));
        QCOMPARE(sink->malformed(), std::uint64_t{3});
    }

    void readsBothGenerationsOfRecorders() {
        const auto series =
            kube::decodeEvent(R"({"metadata":{"name":"e","uid":"u"},"eventTime":"2026-11-23T07:02:29.387796Z",
            "firstTimestamp":null,"lastTimestamp":null,"reportingComponent":"default-scheduler","source":{},
            "series":{"count":7,"lastObservedTime":"2026-11-23T07:05:00.5Z"}})");
        QVERIFY(series.has_value());
        QCOMPARE(series->count, 7);
        QCOMPARE(series->source, std::string("default-scheduler"));
        QVERIFY(*series->lastSeen > *series->firstSeen);
    }
};

CEREBRAL_TEST(EventSinkTest)
#include "event_sink_test.moc"
