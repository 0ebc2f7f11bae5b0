#pragma once
/// @file Pod (core/v1) as this product uses it: task pods and the platform's pods alike.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kube/object_meta.h"
#include "core/kube/workloads/condition.h"

namespace cerebral::kube {

enum class ContainerPhase : std::uint8_t { Unknown, Waiting, Running, Terminated };

struct ContainerState {
    ContainerPhase phase = ContainerPhase::Unknown;
    std::string reason;  ///< "ImagePullBackOff", "CrashLoopBackOff", "OOMKilled", "Completed"
    std::string message;
    std::optional<WallTime> startedAt;
    std::optional<WallTime> finishedAt;
    int exitCode = 0;  ///< of a terminated container
};

enum class ContainerKind : std::uint8_t {
    Init,
    Sidecar,  ///< an init container with restartPolicy Always
    Main,
};

/// A container of the spec with what the status says about it.
struct Container {
    std::string name;
    ContainerKind kind = ContainerKind::Main;
    std::string image;        ///< as the spec names it
    std::string imageId;      ///< as the node resolved it; empty until pulled
    std::string memoryLimit;  ///< as the spec writes it, "4Gi"; empty: none
    bool ready = false;
    int restarts = 0;
    ContainerState state;
    ContainerState lastState;  ///< how the previous instance ended

    /// The manifest digest that runs, or that the spec pins when the node does not say; empty when neither does.
    [[nodiscard]] std::string digest() const;
};

struct Pod {
    ObjectMeta meta;
    std::string node;    ///< empty until scheduled
    std::string phase;   ///< Pending, Running, Succeeded, Failed, Unknown
    std::string reason;  ///< "Evicted", "UnexpectedAdmissionError"
    std::string message;
    std::optional<WallTime> startTime;
    std::vector<Condition> conditions;
    std::vector<Container> containers;  ///< init containers first, in the order of the spec

    [[nodiscard]] bool terminating() const noexcept { return meta.deletionTimestamp.has_value(); }
    [[nodiscard]] bool ready() const noexcept;
    /// When the Ready condition last became what it is.
    [[nodiscard]] std::optional<WallTime> readySince() const;
    [[nodiscard]] int restarts() const noexcept;
    [[nodiscard]] const Container* find(std::string_view container) const noexcept;
    /// One of the main containers runs this digest, or is to run it.
    [[nodiscard]] bool carries(std::string_view digest) const;
};

}  // namespace cerebral::kube
