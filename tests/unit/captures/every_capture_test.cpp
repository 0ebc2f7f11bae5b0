// No recorded file is left out: each is read by what reads its like from a server. What it then means is tested where
// the reader is; a file that is added and that nobody reads fails here.

#include <QtTest/QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/kube/logs/log_line.h"
#include "core/kube/status.h"
#include "core/kube/workloads/decode.h"
#include "core/registry/content.h"
#include "core/registry/link_header.h"
#include "core/registry/registry_error.h"
#include "core/tekton/decode.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/widget.h"

using namespace cerebral;

namespace {

std::unique_ptr<kube::ObjectSink> makeAllEvents(kube::Store<kube::Event>& store) {
    return kube::makeEventSink(store);
}

/// A list of one page, or a watch stream; nothing in it may be passed over.
template <class T>
std::string readObjects(const std::string& path, std::unique_ptr<kube::ObjectSink> (*makeSink)(kube::Store<T>&)) {
    kube::Store<T> store;
    const auto sink = makeSink(store);
    if (path.ends_with(".jsonl")) {
        for (const std::string& line : test::captureLines(path)) {
            const auto event = sink->applyEvent(line, false, false);
            if (!event) return event.error().message;
        }
    } else {
        const auto page = sink->addPage(test::readCapture(path), false);
        if (!page) return page.error().message;
        sink->commitList();
        if (store.snapshot().size() != page->items) return "objects share a name";
    }
    if (sink->malformed() > 0) return std::to_string(sink->malformed()) + " were passed over";
    return store.snapshot().empty() ? "nothing in it" : "";
}

std::string readLog(const std::string& path) {
    std::size_t lines = 0;
    std::string problem;
    kube::LogLineReader reader;
    const auto onLine = [&](std::string_view line) {
        ++lines;
        if (!kube::parseLogLine(line).time) problem = "a line without a stamp: " + std::string(line);
        return true;
    };
    reader.feed(test::readCapture(path), onLine);
    reader.finish(onLine);
    // What was never written to has an empty log, which was recorded too.
    return problem;
}

/// Whole answers: refusals by their status, and refusals inside a 200 as the watch event they are.
std::string readRefusal(const std::string& path) {
    const std::string whole = test::readCapture(path);
    const int status = std::stoi(whole.substr(whole.find(' ') + 1));
    const std::string body = test::captureBody(path);
    if (status == 200) {
        kube::Store<test::Widget> store;
        const auto sink = test::makeWidgetSink(store);
        // An exact version that is too old is answered with an empty list, of all things.
        if (sink->addPage(body, false)) return {};
        const auto event = sink->applyEvent(test::linesOf(body).front(), false, false);
        if (!event) return event.error().message;
        return event->type == kube::WatchEventType::Error && !event->status.message.empty() ? "" : "no refusal";
    }
    const Error error = kube::errorFromResponse({status, {}, body}, "x");
    if (error.httpStatus != status) return "another status";
    return error.message.size() > std::string_view("x: ").size() ? "" : "says nothing";
}

std::string readRegistryAnswer(const std::string& path) {
    const std::string body = test::readCapture(path);
    const std::string head =
        test::readCapture(path.substr(0, path.size() - std::string_view("json").size()) + "headers");
    const int status = std::stoi(head.substr(head.find(' ') + 1));
    if (status >= 400) {
        const Error error = registry::errorOf({status, {}, body}, "asking");
        return error.httpStatus == status && error.message.size() > std::string_view("asking").size()
                   ? ""
                   : "says nothing";
    }
    if (path.find("/manifest.") != std::string::npos) {
        const auto manifest = registry::parseManifest(body, "");
        return manifest ? "" : manifest.error().message;
    }
    if (path.find("/config.") != std::string::npos) {
        const auto config = registry::parseImageConfig(body);
        return config ? "" : config.error().message;
    }
    const auto json = nlohmann::json::parse(body);
    return json.contains("repositories") || json.contains("tags") ? "" : "neither catalog nor tags";
}

std::string readHeaders(const std::string& path) {
    for (const std::string& line : test::captureLines(path)) {
        const bool isLink = line.starts_with("Link: ") || line.starts_with("link: ");
        if (isLink && !registry::nextLink(line.substr(6))) return "a Link that leads nowhere";
    }
    return {};
}

/// What only names or describes: kinds without a decoder of their own.
std::string readMeta(const std::string& path) {
    const auto json = nlohmann::json::parse(test::readCapture(path));
    if (json.contains("items")) return readObjects<test::Widget>(path, test::makeWidgetSink);
    if (!json.contains("metadata")) return json.empty() ? "nothing in it" : "";
    kube::Store<test::Widget> store;
    const auto event = test::makeWidgetSink(store)->applyEvent(
        nlohmann::json{{"type", "ADDED"}, {"object", json}}.dump(), false, false);
    if (!event) return event.error().message;
    return {};
}

/// Empty: it was read. The word "nobody" for what no reader is known for.
std::string readCapture(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(".log")) return readLog(path);
    if (name.ends_with(".http")) return readRefusal(path);
    if (name.ends_with(".headers")) return readHeaders(path);
    if (path.starts_with("registry/")) return readRegistryAnswer(path);
    if (path.starts_with("auth/")) return readMeta(path);
    if (name.starts_with("pipelineruns.")) return readObjects(path, tekton::makePipelineRunSink);
    if (name.starts_with("taskruns.")) return readObjects(path, tekton::makeTaskRunSink);
    if (name.starts_with("pods.")) return readObjects(path, kube::makePodSink);
    if (name.starts_with("deployments.")) return readObjects(path, kube::makeDeploymentSink);
    if (name.starts_with("replicasets.")) return readObjects(path, kube::makeReplicaSetSink);
    if (name.starts_with("events.")) return readObjects(path, makeAllEvents);
    for (const char* known :
         {"pipelines.", "tasks.", "namespace.", "nodes.", "version.", "api-groups.", "tekton-v1-"}) {
        if (name.starts_with(known)) return readMeta(path);
    }
    return "nobody reads it";
}

}  // namespace

class EveryCaptureTest : public QObject {
    Q_OBJECT
private slots:
    void isRead_data() {
        QTest::addColumn<std::string>("path");
        for (const std::string& path : test::capturesEndingIn("")) {
            if (path != "README.md") QTest::newRow(path.c_str()) << path;
        }
    }
    void isRead() {
        QFETCH(std::string, path);
        const std::string problem = readCapture(path);
        QVERIFY2(problem.empty(), problem.c_str());
    }
};

CEREBRAL_TEST(EveryCaptureTest)
#include "every_capture_test.moc"
