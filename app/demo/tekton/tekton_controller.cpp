#include "app/demo/tekton/tekton_controller.h"

namespace cerebral::demo {

void TektonController::onChange(const Change& change) {
    const std::string& uid = change.object->uid;
    if (change.type == ChangeType::Added) {
        const auto simulation = std::make_shared<RunSimulation>(world_, change.object);
        runs_.emplace(uid, simulation);
        simulation->start();
        return;
    }
    const auto it = runs_.find(uid);
    if (it == runs_.end()) return;
    if (change.type == ChangeType::Deleted)
        it->second->abandon();
    else
        it->second->changed(change.object);
    if (it->second->finished()) runs_.erase(it);
}

}  // namespace cerebral::demo
