#pragma once
/// @file Widget: the smallest kind a Store can hold, for tests of what is common to all kinds.

#include <memory>

#include "core/kube/object_sink.h"
#include "core/kube/resource_type.h"
#include "core/kube/store.h"

namespace cerebral::test {

struct Widget {
    kube::ObjectMeta meta;
    std::int64_t size = 0;
};

inline constexpr kube::ResourceType kWidgets{"example.com", "v1", "widgets", "Widget"};

[[nodiscard]] std::unique_ptr<kube::ObjectSink> makeWidgetSink(kube::Store<Widget>& store);

}  // namespace cerebral::test
