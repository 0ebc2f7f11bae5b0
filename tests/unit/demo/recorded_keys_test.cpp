// Objects the demo makes have the keys of those recorded from a real cluster, phase by phase. What differs is
// listed with its reason in tests/data/demo/key_differences.txt; an entry nothing needs is an error too.
#include <QFile>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>

#include "app/demo/sim/rehearsal.h"
#include "app/demo/team/built_runs.h"
#include "core/base/time_format.h"
#include "tests/support/captures.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::demo;
using namespace std::chrono_literals;

namespace {

/// Members whose names are data.
bool holdsData(const std::string& key) {
    static const std::set<std::string> kKeys = {"labels",   "annotations", "matchLabels",   "capacity",
                                                "requests", "limits",      "managedFields", "allocatable"};
    return kKeys.contains(key);
}

void addPaths(const Json& node, const std::string& path, std::set<std::string>& all) {
    if (node.is_array()) {
        for (const Json& item : node) addPaths(item, path + "[]", all);
    } else if (node.is_object()) {
        for (const auto& [key, value] : node.items()) {
            const std::string below = path.empty() ? key : path + "." + key;
            all.insert(below);
            if (!holdsData(key)) addPaths(value, below, all);
        }
    }
}

std::string phaseOf(const std::string& kind, const Json& object) {
    const Json status = object.value("status", Json::object());
    const auto reason = [&](const char* type) {
        for (const Json& condition : status.value("conditions", Json::array())) {
            if (condition.value("type", "") == type) return condition.value("reason", "");
        }
        return std::string("New");
    };
    if (kind == "PipelineRun" || kind == "TaskRun") return reason("Succeeded");
    if (kind == "Deployment") return reason("Progressing");
    if (kind == "Event")
        return object.value("source", Json::object()).value("component", object.value("reportingComponent", ""));
    if (kind != "Pod") return "";
    std::string phase =
        object["metadata"].value("ownerReferences", Json::array({Json::object()}))[0].value("kind", "") + "/" +
        status.value("phase", "");
    for (const Json& container : status.value("containerStatuses", Json::array())) {
        const auto state = container["state"].begin();
        phase += "/" + state.key() + (state.key() == "waiting" ? ":" + state->value("reason", "") : "");
    }
    return phase;
}

/// What the objects of one kind in one phase have in common, and what at least one of them has.
struct Keys {
    std::set<std::string> all, common;
    std::size_t count = 0;
    void add(const Json& object) {
        std::set<std::string> paths;
        addPaths(object, "", paths);
        if (count++ == 0)
            common = paths;
        else
            std::erase_if(common, [&](const std::string& path) { return !paths.contains(path); });
        all.merge(paths);
    }
};
using Book = std::map<std::pair<std::string, std::string>, Keys>;

Book recordedBook() {
    Book book;
    for (const std::string& path : test::capturesEndingIn(".watch.jsonl")) {
        for (const std::string& line : test::captureLines(path)) {
            const Json event = Json::parse(line);
            const std::string type = event["type"];
            if (type != "ADDED" && type != "MODIFIED") continue;
            const std::string kind = event["object"]["kind"];
            book[{kind, phaseOf(kind, event["object"])}].add(event["object"]);
        }
    }
    return book;
}

class Collector final : public ChangeSink {
public:
    explicit Collector(Book& book) : book_(book) {}
    bool onChange(const Change& change, const std::string&) override {
        const std::string kind(change.object->kind->kind);
        const Json tree = change.object->parse();
        if (change.type != ChangeType::Deleted) book_[{kind, phaseOf(kind, tree)}].add(tree);
        return true;
    }

private:
    Book& book_;
};

Book madeBook() {
    Book book;
    const auto collector = std::make_shared<Collector>(book);
    int number = 0;
    for (const Scenario scenario : {Scenario::Success, Scenario::CompileFailure, Scenario::ImagePullError,
                                    Scenario::StuckOnNode, Scenario::BadRollout, Scenario::Timeout}) {
        RehearsalOptions options;
        options.start = *parseRfc3339("2026-11-23T08:00:00Z");
        Rehearsal rehearsal(options);
        ObjectStore& store = rehearsal.world().store;
        for (const char* kind : {"PipelineRun", "TaskRun", "Pod", "Deployment", "ReplicaSet", "Event"})
            (void)store.watch(kindNamed(kind), store.version(), collector);
        TeamPush push;
        push.ref = "refs/heads/main";
        push.before = std::string(40, 'b');
        push.after = std::string(40, static_cast<char>('1' + number++));
        push.pushedAt = options.start;
        push.commits = {{push.after, "feat: x", "M", "m", {}, {"microservices/ai-services/main.py"}, {}}};
        rehearsal.scenarios().plan(push.after, "", scenario);
        const auto run =
            store.create(kindNamed("PipelineRun"), builtRuns(push, rehearsal.world().registryHost, "d").at(0));
        if (!run) qFatal("no run");
        if (scenario == Scenario::Success) {
            rehearsal.advance(70s);
            (void)store.update(kindNamed("PipelineRun"), kPipelineNs, (*run)->name, [](Json& tree) {
                tree["spec"]["status"] = "CancelledRunFinally";
                return true;
            });
            push.after = std::string(40, 'c');
            push.commits[0].id = push.after;
            (void)store.create(kindNamed("PipelineRun"), builtRuns(push, rehearsal.world().registryHost, "d").at(0));
        }
        rehearsal.advance(20min);
    }
    return book;
}

struct Explanation {
    QStringList fields;  ///< kind, phase, side, path; each may end in *
    int used = 0;
    [[nodiscard]] bool covers(const QStringList& difference) const {
        for (qsizetype i = 0; i < 4; ++i) {
            const QString& pattern = fields[i];
            const bool fits =
                pattern.endsWith('*') ? difference[i].startsWith(pattern.chopped(1)) : difference[i] == pattern;
            if (!fits) return false;
        }
        return true;
    }
};

std::vector<Explanation> explanations() {
    std::vector<Explanation> all;
    QFile file(QString::fromUtf8(CEREBRAL_TEST_DATA) + "/demo/key_differences.txt");
    if (!file.open(QIODevice::ReadOnly)) qFatal("no list of differences");
    for (const QByteArray& raw : file.readAll().split('\n')) {
        const QString line = QString::fromUtf8(raw).trimmed();
        if (line.isEmpty() || line.startsWith('#')) continue;
        QStringList fields = line.split('|');
        for (QString& field : fields) field = field.trimmed();
        if (fields.size() != 5 || fields[4].isEmpty()) qFatal("not explained: %s", raw.constData());
        all.push_back({fields, 0});
    }
    return all;
}

}  // namespace

class RecordedKeysTest : public QObject {
    Q_OBJECT
private slots:
    void theSameKeysAsRecorded() {
        const Book recorded = recordedBook(), made = madeBook();
        std::vector<Explanation> explained = explanations();
        QStringList unexplained;
        std::size_t compared = 0;
        for (const auto& [what, keys] : made) {
            const auto twin = recorded.find(what);
            const auto differs = [&](const char* side, const std::string& path) {
                const QStringList difference = {QString::fromStdString(what.first),
                                                QString::fromStdString(what.second), side,
                                                QString::fromStdString(path)};
                bool covered = false;
                for (Explanation& one : explained) {
                    if (!one.covers(difference)) continue;
                    ++one.used;
                    covered = true;
                }
                if (!covered) unexplained << difference.join(" | ");
            };
            if (twin == recorded.end()) {
                differs("made", "(phase)");
                continue;
            }
            ++compared;
            for (const std::string& path : keys.all) {
                if (!twin->second.all.contains(path)) differs("made", path);
            }
            for (const std::string& path : twin->second.common) {
                if (!keys.all.contains(path)) differs("recorded", path);
            }
        }
        QVERIFY2(compared >= 25, QByteArray::number(static_cast<qulonglong>(compared)).constData());
        QVERIFY2(unexplained.isEmpty(), qPrintable("\n" + unexplained.join('\n')));
        for (const Explanation& one : explained)
            QVERIFY2(one.used > 0, qPrintable("nothing needs: " + one.fields.join(" | ")));
    }
};

CEREBRAL_TEST(RecordedKeysTest)
#include "recorded_keys_test.moc"
