#pragma once
/// @file What a service arranges for its process before any thread starts.

namespace cerebral::receiver {

/// No core dumps, SIGPIPE ignored, memory of large bodies given back when they are freed.
void prepareProcess() noexcept;

enum class ProcessSignal { Terminate, Reload };

/// Blocks SIGTERM, SIGINT and SIGHUP for this thread and all it starts, and waits for them.
class Signals {
public:
    Signals();
    [[nodiscard]] ProcessSignal wait() const;
};

}  // namespace cerebral::receiver
