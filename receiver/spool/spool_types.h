#pragma once
/// @file What the spool keeps.

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::receiver {

/// Stored as numbers: never renumber.
enum class RunState : std::uint8_t {
    Pending = 0,  ///< to be created
    Created = 1,  ///< exists; older runs of its branch have not been looked at yet
    Done = 2,
    Dead = 3,  ///< refused for good
};
const char* toString(RunState state) noexcept;

struct SpooledRun {
    std::string name;
    std::string delivery;
    std::string service;
    std::string branch;
    std::string repository;
    std::string manifest;  ///< JSON, what is sent to the API server
    RunState state = RunState::Pending;
    std::string detail;  ///< why dead, or what the last try said
};

/// What adding found under the same name.
enum class Added : std::uint8_t {
    New,             ///< now pending
    AlreadyPending,  ///< a redelivery overtook the first try
    AlreadyDone,     ///< built before: a duplicate
    Rearmed,         ///< was dead; a redelivery asks again, so it is pending again
};

struct DeliveryRecord {
    std::string id;
    WallTime receivedAt{};
    std::string event;
    std::string repository;
    std::string ref;
    std::string after;  ///< the commit the push left there
    std::string status;
    std::string reason;
    int httpStatus = 0;
    double latencyMs = 0;
    std::vector<std::string> runNames;
};

}  // namespace cerebral::receiver
