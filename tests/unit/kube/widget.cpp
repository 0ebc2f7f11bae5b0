#include "tests/unit/kube/widget.h"

#include "core/kube/json_object_sink.h"

namespace cerebral::test {
namespace {

Result<Widget> decode(kube::json::Element object) {
    auto meta = kube::json::decodeMeta(object);
    if (!meta) return fail(std::move(meta.error()));
    Widget widget;
    widget.meta = std::move(*meta);
    if (const auto spec = kube::json::field(object, "spec")) widget.size = kube::json::integer(*spec, "size");
    return widget;
}

}  // namespace

std::unique_ptr<kube::ObjectSink> makeWidgetSink(kube::Store<Widget>& store) {
    return std::make_unique<kube::JsonObjectSink<Widget>>(store, decode);
}

}  // namespace cerebral::test
