#include "app/demo/sim/controllers.h"

#include <functional>
#include <nlohmann/json.hpp>

namespace cerebral::demo {

/// Only posts: the store's lock is held while it is called.
class Controllers::Sink final : public ChangeSink {
public:
    Sink(Scheduler& scheduler, std::function<void(const Change&)> act)
        : scheduler_(scheduler), act_(std::move(act)) {}
    bool onChange(const Change& change, const std::string&) override {
        scheduler_.post([this, change] { act_(change); });
        return true;
    }

private:
    Scheduler& scheduler_;
    std::function<void(const Change&)> act_;
};

Controllers::Controllers(World& world)
    : world_(world), tekton_(world), deployments_(std::make_shared<DeploymentController>(world)) {}

Controllers::~Controllers() = default;

void Controllers::start() {
    const auto listen = [this](const char* kind, std::function<void(const Change&)> act) {
        auto sink = std::make_shared<Sink>(world_.scheduler, std::move(act));
        (void)world_.store.watch(kindNamed(kind), world_.store.version(), sink);
        sinks_.push_back(std::move(sink));
    };
    listen("PipelineRun", [this](const Change& change) { tekton_.onChange(change); });
    listen("Deployment", [this](const Change& change) {
        // Status and annotations are the controller's own writing.
        if (change.type == ChangeType::Deleted) return;
        const auto generation = [](const ObjectPtr& object) {
            return object ? object->parse()["metadata"].value("generation", 0) : 0;
        };
        if (generation(change.object) != generation(change.previous)) deployments_->wake(change.object->key());
    });
    listen("Pod", [this](const Change& change) {
        if (change.object->ns == kPipelineNs && change.object->label("tekton.dev/taskRun")) return;
        if (change.type != ChangeType::Added) deployments_->podChanged(*change.object);
    });
}

}  // namespace cerebral::demo
