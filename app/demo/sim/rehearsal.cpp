#include "app/demo/sim/rehearsal.h"

#include <nlohmann/json.hpp>

#include "app/demo/sim/landscape.h"

namespace cerebral::demo {
namespace {

constexpr std::size_t kKeep = 100'000;          // events and changes: all of them
constexpr std::size_t kBaseLayerBytes = 2'000;  // nobody pulls these images

}  // namespace

Rehearsal::Rehearsal(const RehearsalOptions& options)
    : scheduler_(options.start, options.speed),
      identity_(options.seed),
      store_(identity_, scheduler_.clock(), kKeep),
      registry_(options.seed),
      events_(store_, kKeep),
      world_{store_, scheduler_, events_, logs_, registry_, scenarios_, options.seed, options.registryHost},
      controllers_(world_) {
    buildLandscape(world_, controllers_.deployments(), {}, kBaseLayerBytes);
    controllers_.start();
}

Rehearsal::~Rehearsal() = default;

void Rehearsal::addDeployment(const std::string& name) {
    EstablishedDeployment deployment;
    deployment.ns = kPlatformNs;
    deployment.name = name;
    deployment.image = world_.registryHost + "/cerebral/" + name + ":main";
    deployment.created = deployment.rolledOut = store_.now();
    deployment.labels = {{"app", name}};
    controllers_.deployments().establish(deployment);
}

ObjectPtr Rehearsal::find(std::string_view kind, std::string_view ns, std::string_view name) const {
    return store_.find(kindNamed(kind), ns, name);
}

}  // namespace cerebral::demo
