#pragma once
/// @file EventRecorder: Kubernetes Events about simulated objects. The same event again counts up, as
/// client-go's recorder does; the oldest leave when there are many (a real cluster keeps an hour).

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "app/demo/store/object_store.h"

namespace cerebral::demo {

enum class EventType : std::uint8_t { Normal, Warning };

struct EventText {
    EventType type = EventType::Normal;
    std::string_view reason;
    std::string message;
    std::string_view component;  ///< "kubelet", "TaskRun", "deployment-controller", "default-scheduler"
    std::string fieldPath{};     ///< "spec.containers{step-build}"
};

/// Used on the scheduler's thread only.
class EventRecorder {
public:
    EventRecorder(ObjectStore& store, std::size_t keep) : store_(store), keep_(keep) {}
    void record(const Object& about, const EventText& event);

private:
    ObjectStore& store_;
    std::size_t keep_;
    std::uint64_t sequence_ = 0;
    std::map<std::string, std::string> known_;  ///< object, reason and message → "ns/name" of the event
    std::deque<std::pair<std::string, std::string>> order_;  ///< the key in `known_`, "ns/name"
};

}  // namespace cerebral::demo
