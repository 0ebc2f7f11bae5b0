#include "app/demo/past/run_casting.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "app/demo/sim/rehearsal.h"
#include "app/demo/store/identity.h"
#include "app/demo/team/people.h"
#include "core/base/digest.h"
#include "core/pipeline/run_manifest.h"
#include "core/tekton/run_labels.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

Scenario scenarioOf(PastOutcome outcome) {
    switch (outcome) {
        case PastOutcome::Flaky:
            return Scenario::Flaky;
        case PastOutcome::CompileFailure:
            return Scenario::CompileFailure;
        case PastOutcome::TestFailure:
            return Scenario::TestFailure;
        case PastOutcome::ImagePullError:
            return Scenario::ImagePullError;
        case PastOutcome::Timeout:
            return Scenario::Timeout;
        case PastOutcome::Live:
        case PastOutcome::BranchBuild:
        case PastOutcome::Cancelled:
        case PastOutcome::Superseded:
            break;
    }
    return Scenario::Success;
}

std::string compareUrl(const PastRun& run) {
    return "https://github.com/" + std::string(kRepository) + "/compare/" + run.before.substr(0, 12) + "..." +
           run.commit.substr(0, 12);
}

std::string seconds(WallTime time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

/// A run none of whose words occurs anywhere else.
PastRun sampleOf(PastOutcome outcome, WallTime origin) {
    const std::string number = std::to_string(static_cast<int>(outcome));
    auto random = randomFor(0, "casting" + number);
    PastRun run;
    run.service = "zq" + number + "service";
    run.baseTag = "cuda";
    run.commit = hexText(random, 40);
    run.before = hexText(random, 40);
    run.branch = "zqbranch";
    run.delivery = "zqdelivery";
    run.message = "zqmessage";
    run.author = "zqauthor";
    run.pusher = "zqpusher";
    run.why = "zqreason";
    run.supersededBy = "zqnewer";
    run.pushedAt = origin;
    run.outcome = outcome;
    return run;
}

pipeline::BuildRequest requestFor(const PastRun& run, const config::Config& config) {
    pipeline::BuildRequest request;
    config::ServiceRule rule;
    rule.name = run.service;
    rule.baseTag = run.baseTag;
    request.service = config::completeRule(std::move(rule), config.servicesRoot);
    request.deploy = run.outcome != PastOutcome::BranchBuild;
    request.why = run.why;
    request.repository = kRepository;
    request.cloneUrl = "https://github.com/" + std::string(kRepository) + ".git";
    request.ref = "refs/heads/" + run.branch;
    request.before = run.before;
    request.after = run.commit;
    request.branch = run.branch;
    request.pushedAtText = seconds(run.pushedAt);
    request.message = run.message;
    request.author = run.author;
    request.pusher = run.pusher;
    request.compareUrl = compareUrl(run);
    request.delivery = run.delivery;
    request.receivedAt = run.pushedAt;
    return request;
}

std::string resultNamed(const Json& run, std::string_view name) {
    for (const Json& result : run["status"].value("results", Json::array())) {
        if (result.value("name", "") == name) return result.value("value", "");
    }
    return {};
}

/// Makes molds of what one rehearsed run has left.
class Caster {
public:
    Caster(Rehearsal& rehearsal, const PastRun& sample) : rehearsal_(rehearsal), sample_(sample) {}

    RunCasting cast() {
        const ObjectPtr run = rehearsal_.find("PipelineRun", kPipelineNs, sample_.name);
        assert(run);
        std::vector<ObjectPtr> objects = {run};
        const auto ofRun = Selector::parse("tekton.dev/pipelineRun=" + sample_.name, "");
        for (const char* kind : {"TaskRun", "Pod"}) {
            for (const ObjectPtr& child : rehearsal_.world().store.list(kindNamed(kind), kPipelineNs, *ofRun).objects)
                objects.push_back(child);
        }
        std::vector<std::string> texts = castingTexts(sample_, resultNamed(run->parse(), "image-digest"));
        for (std::uint32_t i = 0; i < texts.size(); ++i) marks_.push_back({texts[i], Mold::Value::Text, i});
        for (std::uint32_t i = 0; i < objects.size(); ++i) marks_.push_back({objects[i]->uid, Mold::Value::Uid, i});
        RunCasting casting;
        for (std::uint32_t i = 0; i < objects.size(); ++i) {
            CastObject cast = castOne(*objects[i]);
            cast.uid = i;
            if (!objects[i]->owners.empty()) {
                const auto owner = std::ranges::find(objects, objects[i]->owners.front(), &Object::uid);
                cast.ownerUid = static_cast<std::uint32_t>(owner - objects.begin());
            }
            casting.objects.push_back(std::move(cast));
        }
        return casting;
    }

private:
    [[nodiscard]] Mold mold(std::string_view text) const { return {text, marks_, sample_.pushedAt}; }

    CastObject castOne(const Object& object) {
        CastObject cast;
        cast.kind = object.kind;
        cast.suffix = object.name.substr(sample_.name.size());
        marks_.push_back({"\"resourceVersion\":\"" + std::to_string(object.version) + "\"", Mold::Value::Version, 0});
        auto made = std::make_shared<ObjectMold>();
        made->bytes = mold(object.text());
        marks_.pop_back();
        for (const auto& [key, value] : object.labels) made->labels.emplace_back(key, mold(value));
        for (const auto& [key, value] : object.fields) made->fields.emplace_back(key, mold(value));
        cast.mold = std::move(made);
        if (object.kind->kind == "Pod") {
            cast.container = object.parse()["spec"]["containers"][0].value("name", "");
            auto log = std::make_shared<PastLog>();
            for (const LogLineAt& line : rehearsal_.world().logs.lines(object.uid, cast.container)) {
                log->push_back({std::chrono::duration_cast<std::chrono::microseconds>(line.time - sample_.pushedAt),
                                mold(line.text)});
            }
            cast.log = std::move(log);
        }
        return cast;
    }

    Rehearsal& rehearsal_;
    const PastRun& sample_;
    std::vector<Mold::Mark> marks_;
};

void begin(Rehearsal& rehearsal, PastRun& sample) {
    World& world = rehearsal.world();
    config::Config config = config::defaultConfig();
    config.registry = world.registryHost;
    const Json manifest = Json::parse(pipeline::runManifestJson(requestFor(sample, config), config));
    sample.name = manifest["metadata"].value("name", "");
    rehearsal.addDeployment(sample.service);
    rehearsal.scenarios().plan(sample.commit, "", scenarioOf(sample.outcome));
    const auto created = world.store.create(kindNamed("PipelineRun"), manifest);
    assert(created.has_value());
    (void)created;
    const bool superseded = sample.outcome == PastOutcome::Superseded;
    if (superseded || sample.outcome == PastOutcome::Cancelled) {
        world.after(60s, [&world, name = sample.name, by = superseded ? sample.supersededBy : std::string()] {
            (void)world.store.update(kindNamed("PipelineRun"), kPipelineNs, name, [&by](Json& tree) {
                if (!by.empty()) tree["metadata"]["annotations"][std::string(tekton::labels::kSupersededBy)] = by;
                tree["spec"]["status"] = "CancelledRunFinally";
                return true;
            });
        });
    }
}

}  // namespace

std::vector<RunCasting> castRuns(const World& world) {
    RehearsalOptions options;
    options.seed = world.seed;
    options.speed = world.scheduler.speed();
    options.start = std::chrono::floor<std::chrono::seconds>(world.store.now());
    options.registryHost = world.registryHost;
    Rehearsal rehearsal(options);
    std::vector<PastRun> samples;
    for (std::size_t i = 0; i < kPastOutcomes; ++i)
        samples.push_back(sampleOf(static_cast<PastOutcome>(i), options.start));
    for (PastRun& sample : samples) begin(rehearsal, sample);
    constexpr std::chrono::milliseconds kTimeoutAndMore = 65min;
    rehearsal.advance(std::chrono::duration_cast<std::chrono::milliseconds>(world.scheduler.scaled(kTimeoutAndMore)) +
                      1ms);
    std::vector<RunCasting> castings;
    for (const PastRun& sample : samples) castings.push_back(Caster(rehearsal, sample).cast());
    return castings;
}

std::vector<std::string> castingTexts(const PastRun& run, const std::string& digest) {
    return {run.name,
            run.service,
            run.commit,
            run.before,
            run.branch,
            run.delivery,
            run.message,
            run.author,
            run.pusher,
            run.why,
            digest,
            seconds(run.pushedAt),
            run.commit.substr(0, 12),
            run.before.substr(0, 12),
            run.commit.substr(0, 7),
            run.baseTag,
            run.supersededBy};
}

}  // namespace cerebral::demo
