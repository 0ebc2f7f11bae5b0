// Watch lines and lists of every kind: whatever a server sends is applied, counted or refused, and what was applied
// can be judged.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/pod_square.h"
#include "core/kube/workloads/pod_trouble.h"
#include "core/kube/workloads/rollout_state.h"
#include "core/tekton/decode.h"

using namespace cerebral;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

/// The line as an event, then as a list; `judge` sees every object that came of it.
template <class T, class Judge>
void feed(std::string_view text, std::unique_ptr<kube::ObjectSink> (*makeSink)(kube::Store<T>&), Judge judge) {
    kube::Store<T> store;
    const auto sink = makeSink(store);
    const auto event = sink->applyEvent(text, false, false);
    if (!event) require(event.error().kind == ErrorKind::Malformed && sink->malformed() > 0);
    if (sink->addPage(text, true)) sink->commitList();
    for (const auto& object : store.snapshot()) {
        require(!object->meta.name.empty() && !object->meta.uid.empty());
        judge(*object);
    }
}

std::unique_ptr<kube::ObjectSink> makeNewestEvents(kube::Store<kube::Event>& store) {
    return kube::makeEventSink(store, 3);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    feed<tekton::PipelineRun>(text, tekton::makePipelineRunSink, [](const tekton::PipelineRun& run) {
        static_cast<void>(run.state());
        static_cast<void>(run.progress());
    });
    feed<tekton::TaskRun>(text, tekton::makeTaskRunSink,
                          [](const tekton::TaskRun& run) { static_cast<void>(run.state()); });
    feed<kube::Pod>(text, kube::makePodSink, [](const kube::Pod& pod) {
        require(!kube::podTrouble(pod) || !kube::podTrouble(pod)->words.empty());
        static_cast<void>(kube::podSquare(pod, {}));
    });
    feed<kube::Deployment>(text, kube::makeDeploymentSink, [](const kube::Deployment& deployment) {
        require(!kube::rolloutState(deployment).sentence.empty());
    });
    feed<kube::ReplicaSet>(text, kube::makeReplicaSetSink, [](const kube::ReplicaSet&) {});
    feed<kube::Event>(text, makeNewestEvents, [](const kube::Event&) {});
    return 0;
}
