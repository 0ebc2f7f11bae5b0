// The past a demo begins with: molds poured, and what stands in the cluster agreeing with it.
#include "app/demo/past/past_runs.h"

#include <QtTest>
#include <nlohmann/json.hpp>
#include <set>

#include "app/demo/sim/rehearsal.h"
#include "core/base/time_format.h"
#include "tests/support/test_main.h"
#include "tests/unit/demo/demo_client.h"

using namespace cerebral;
using namespace cerebral::demo;
using namespace std::chrono_literals;
using test::DemoClient;

namespace {

constexpr std::size_t kRuns = 300;
constexpr std::size_t kPods = 90;

struct Loaded {
    explicit Loaded(std::uint64_t seed = 1) : rehearsal(optionsFor(seed)) {
        plan = planPast(seed, kRuns, rehearsal.world().store.now());
        loadPast(rehearsal.world(), plan, kPods);
    }
    static RehearsalOptions optionsFor(std::uint64_t seed) {
        RehearsalOptions options;
        options.seed = seed;
        options.speed = 8;
        options.start = *parseRfc3339("2026-11-23T08:00:00Z");
        return options;
    }
    std::vector<ObjectPtr> all(const char* kind) {
        return rehearsal.world().store.list(kindNamed(kind), kPipelineNs).objects;
    }
    Rehearsal rehearsal;
    PastPlan plan;
};

WallTime timeAt(const Json& object, const char* field) {
    const auto time = parseRfc3339(object.value(field, ""));
    return time ? *time : WallTime{};
}

}  // namespace

class PastTest : public QObject {
    Q_OBJECT
    Loaded loaded_;

private slots:
    void aMoldPoursItsSampleBack() {
        const std::string sample =
            R"({"name":"zqrun-build","uid":"U-1","at":"2026-11-23T08:00:05Z","ms":"2026-11-23T08:00:00.250Z",)"
            R"("old":"2025-01-01T00:00:00Z","resourceVersion":"77","half":"zqru"})";
        const std::vector<Mold::Mark> marks = {{"zqrun", Mold::Value::Text, 0},
                                               {"zqrun-build", Mold::Value::Text, 1},
                                               {"U-1", Mold::Value::Uid, 3},
                                               {"\"resourceVersion\":\"77\"", Mold::Value::Version, 0}};
        const WallTime origin = *parseRfc3339("2026-11-23T08:00:00Z");
        Mold::Fill fill;
        fill.origin = origin;
        fill.texts =
            std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"zqrun", "zqrun-build"});
        const Mold mold(sample, marks, origin);
        std::string expected = sample;
        expected.replace(expected.find("U-1"), 3, Mold::uid(0, 3));
        QCOMPARE(mold.poured(fill, 77), expected);
        fill.stretch = 2.0;
        fill.origin += 24h;
        const std::string later = mold.poured(fill, 78);
        QVERIFY2(
            later.find("\"at\":\"2026-11-24T08:00:10Z\",\"ms\":\"2026-11-24T08:00:00.500Z\"") != std::string::npos,
            later.c_str());
        QVERIFY(later.find("\"old\":\"2025-01-01T00:00:00Z\",\"resourceVersion\":\"78\"") != std::string::npos);
    }
    void everythingThatWasPlannedIsThere() {
        QCOMPARE(loaded_.all("PipelineRun").size(), kRuns);
        const auto pods = loaded_.all("Pod");
        const auto ofRuns = std::ranges::count_if(
            pods, [](const ObjectPtr& pod) { return pod->label("tekton.dev/pipelineRun").has_value(); });
        QCOMPARE(static_cast<std::size_t>(ofRuns), kPods);
        std::set<std::string> reasons, uids;
        std::size_t taskRuns = 0;
        for (const ObjectPtr& run : loaded_.all("PipelineRun")) {
            const Json tree = run->parse();
            const Json& status = tree["status"];
            reasons.insert(status["conditions"][0]["reason"]);
            QVERIFY(uids.insert(run->uid).second);
            QCOMPARE(tree["metadata"]["uid"].get<std::string>(), run->uid);
            QCOMPARE(tree["metadata"]["name"].get<std::string>(), run->name);
            QCOMPARE(tree["metadata"]["resourceVersion"].get<std::string>(), std::to_string(run->version));
            const WallTime created = timeAt(tree["metadata"], "creationTimestamp");
            QVERIFY(created <= timeAt(status, "startTime"));
            QVERIFY(timeAt(status, "startTime") <= timeAt(status, "completionTime"));
            QVERIFY(timeAt(status, "completionTime") < loaded_.rehearsal.world().store.now());
            const auto children = loaded_.rehearsal.world()
                                      .store
                                      .list(kindNamed("TaskRun"), kPipelineNs,
                                            *Selector::parse("tekton.dev/pipelineRun=" + run->name, ""))
                                      .objects;
            QCOMPARE(children.size(), status["childReferences"].size());
            taskRuns += children.size();
            for (const ObjectPtr& child : children) {
                QVERIFY(uids.insert(child->uid).second);
                QCOMPARE(child->owners, std::vector<std::string>{run->uid});
                QCOMPARE(child->parse()["metadata"]["ownerReferences"][0]["uid"].get<std::string>(), run->uid);
            }
        }
        QCOMPARE(loaded_.all("TaskRun").size(), taskRuns);
        for (const char* reason : {"Succeeded", "Completed", "Failed", "Cancelled"})
            QVERIFY2(reasons.contains(reason), reason);
    }
    void labelsAndFieldsAreThoseOfTheText() {
        for (const char* kind : {"PipelineRun", "TaskRun", "Pod"}) {
            for (const ObjectPtr& object : loaded_.all(kind)) {
                if (!object->mold) continue;
                const Json tree = object->parse();
                for (const auto& [key, value] : tree["metadata"]["labels"].items())
                    QCOMPARE(object->label(key), std::optional(value.get<std::string>()));
                if (object->kind->kind == "Pod")
                    QCOMPARE(object->field("status.phase"),
                             std::optional(tree["status"]["phase"].get<std::string>()));
            }
        }
    }
    void nothingOfTheRehearsalShowsThrough() {
        for (const char* kind : {"PipelineRun", "TaskRun", "Pod"}) {
            for (const ObjectPtr& object : loaded_.all(kind)) {
                if (!object->mold) continue;
                const std::string text = object->text();
                QVERIFY2(text.find("zq") == std::string::npos, text.c_str());
            }
        }
        const auto live = std::ranges::find(loaded_.plan.runs.rbegin(), loaded_.plan.runs.rend(), PastOutcome::Live,
                                            &PastRun::outcome);
        const ObjectPtr pod = loaded_.rehearsal.find("Pod", kPipelineNs, live->name + "-kaniko-build-task-pod");
        QVERIFY(pod);
        const std::string log = loaded_.rehearsal.world().logs.read(pod->uid, "step-build", {});
        QVERIFY2(log.find("Pushing image to 127.0.0.1:5000/cerebral/" + live->service + ":main") != std::string::npos,
                 log.c_str());
        QVERIFY(log.find("zq") == std::string::npos);
    }
    void aPastRunCanBeChangedAndDeleted() {
        Loaded loaded;
        World& world = loaded.rehearsal.world();
        const ObjectPtr run = loaded.all("PipelineRun").front();
        const auto changed = world.store.update(*run->kind, run->ns, run->name, [](Json& tree) {
            tree["metadata"]["labels"]["x"] = "y";
            return true;
        });
        QCOMPARE((*changed)->label("x"), std::optional<std::string>("y"));
        QCOMPARE((*changed)->uid, run->uid);
        QVERIFY(world.store.remove(*run->kind, run->ns, run->name).has_value());
        QCOMPARE(
            world.store
                .list(kindNamed("TaskRun"), kPipelineNs, *Selector::parse("tekton.dev/pipelineRun=" + run->name, ""))
                .objects.size(),
            std::size_t{0});
    }
    void oneSeedHasOnePast() {
        const auto textOf = [](Loaded& loaded) {
            std::string text;
            for (const char* kind : {"PipelineRun", "TaskRun", "Pod"}) {
                for (const ObjectPtr& object : loaded.all(kind)) object->appendText(text);
            }
            return text;
        };
        Loaded again, other(2);
        QVERIFY(textOf(loaded_) == textOf(again));
        QVERIFY(textOf(loaded_) != textOf(other));
    }
    void whatRunsNowIsWhatThePastBuilt() {
        const auto log = makeNullLogger();
        DemoOptions options;
        options.runs = kRuns;
        options.pods = kPods;
        auto cluster = DemoCluster::start(options, *log);
        QVERIFY(cluster.has_value());
        DemoClient client(**cluster);
        const Json deployment = client.json("/apis/apps/v1/namespaces/cerebral-platform/deployments/ai-services");
        const std::string image = deployment["spec"]["template"]["spec"]["containers"][0]["image"];
        const Json runs = client.json(
            "/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns"
            "?labelSelector=cerebral.baerautotech.com%2Fservice%3Dai-services")["items"];
        std::string newest, digest, commit;
        for (const Json& run : runs) {
            if (run["status"]["conditions"][0]["reason"] != "Succeeded") continue;
            if (run["metadata"]["creationTimestamp"].get<std::string>() < newest) continue;
            newest = run["metadata"]["creationTimestamp"];
            commit = run["metadata"]["labels"]["cerebral.baerautotech.com/commit"];
            for (const Json& result : run["status"]["results"]) {
                if (result["name"] == "image-digest") digest = result["value"];
            }
        }
        QVERIFY(!digest.empty());
        QVERIFY2(image.ends_with(":main@" + digest), image.c_str());
        QVERIFY(deployment["metadata"]["annotations"]["deployment.kubernetes.io/revision"] != "1");
        const Json manifest =
            Json::parse(client
                            .registry(net::Method::Get, "/v2/cerebral/ai-services/manifests/main", {},
                                      {{"Accept", "application/vnd.oci.image.manifest.v1+json"}})
                            .body);
        const Json config =
            Json::parse(client
                            .registry(net::Method::Get, "/v2/cerebral/ai-services/blobs/" +
                                                            manifest["config"]["digest"].get<std::string>())
                            .body);
        QCOMPARE(config["config"]["Labels"]["org.opencontainers.image.revision"].get<std::string>(), commit);
    }
};

CEREBRAL_TEST(PastTest)
#include "past_test.moc"
