#include "app/demo/past/past_runs.h"

#include "app/demo/past/run_casting.h"
#include "app/demo/registry/image_registry.h"
#include "app/demo/store/identity.h"
#include "core/base/digest.h"

namespace cerebral::demo {
namespace {

/// What the run's build pushed: what runs now when it was the last to go live.
std::string digestOf(const World& world, const PastPlan& plan, const PastRun& run) {
    const auto last = plan.rollouts.find(run.service);
    if (last != plan.rollouts.end() && last->second.commit == run.commit) {
        if (const BlobPtr manifest = world.registry.manifest("cerebral/" + run.service, "main"))
            return manifest->digest;
    }
    return "sha256:" + sha256Hex(run.name);
}

}  // namespace

void loadPast(World& world, const PastPlan& plan, std::size_t pods) {
    if (plan.runs.empty()) return;
    const std::vector<RunCasting> castings = castRuns(world);
    const ResourceKind& podKind = kindNamed("Pod");
    std::vector<std::shared_ptr<Object>> objects;
    objects.reserve(plan.runs.size() * 4 + pods);
    for (auto run = plan.runs.rbegin(); run != plan.runs.rend(); ++run) {
        const RunCasting& casting = castings[static_cast<std::size_t>(run->outcome)];
        Mold::Fill fill;
        fill.origin = run->pushedAt;
        fill.stretch = run->stretch;
        fill.identity = stableHash(run->name, world.seed);
        fill.texts =
            std::make_shared<const std::vector<std::string>>(castingTexts(*run, digestOf(world, plan, *run)));
        for (const CastObject& cast : casting.objects) {
            if (cast.kind == &podKind) {
                if (pods == 0) continue;
                --pods;
            }
            auto object = std::make_shared<Object>();
            object->kind = cast.kind;
            object->ns = kPipelineNs;
            object->name = run->name + cast.suffix;
            object->uid = Mold::uid(fill.identity, cast.uid);
            if (cast.uid != 0) object->owners = {Mold::uid(fill.identity, cast.ownerUid)};
            object->mold = cast.mold;
            object->fill = fill;
            if (cast.log) world.logs.addPast(object->uid, cast.container, cast.log, fill);
            objects.push_back(std::move(object));
        }
    }
    world.store.preload(std::move(objects));
}

}  // namespace cerebral::demo
