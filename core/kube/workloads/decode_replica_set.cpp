#include "core/kube/json_object_sink.h"
#include "core/kube/workloads/decode.h"
#include "core/kube/workloads/decode_workload_parts.h"

namespace cerebral::kube {
namespace {

Result<ReplicaSet> decode(json::Element object) {
    auto meta = json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    ReplicaSet set;
    set.meta = std::move(*meta);
    if (const auto spec = json::field(object, "spec")) {
        set.replicas = decodeCount(*spec, "replicas", 1);
        TemplateParts parts = decodeTemplate(*spec);
        set.images = std::move(parts.images);
        set.restartedAt = parts.restartedAt;
    }
    if (const auto status = json::field(object, "status")) {
        set.statusReplicas = decodeCount(*status, "replicas");
        set.readyReplicas = decodeCount(*status, "readyReplicas");
        set.availableReplicas = decodeCount(*status, "availableReplicas");
    }
    return set;
}

}  // namespace

Result<ReplicaSet> decodeReplicaSet(std::string_view text) {
    return json::decodeText(text, decode);
}

std::unique_ptr<ObjectSink> makeReplicaSetSink(Store<ReplicaSet>& store) {
    return std::make_unique<JsonObjectSink<ReplicaSet>>(store, decode);
}

}  // namespace cerebral::kube
