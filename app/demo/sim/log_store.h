#pragma once
/// @file LogStore: what containers have written, and who follows it.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

struct LogQuery {
    bool timestamps = false;
    bool follow = false;
    std::optional<WallTime> since;
    std::optional<std::size_t> tailLines;
    std::optional<std::size_t> limitBytes;
};

/// Thread-safe.
class LogStore {
public:
    /// `text` is one line without its line feed; it may hold anything else, colours included.
    void append(const std::string& podUid, const std::string& container, WallTime time, std::string text);
    /// The container has ended: followers are let go when they have read everything.
    void close(const std::string& podUid, const std::string& container);
    void forget(const std::string& podUid);
    /// Whether anything was opened under this name (an empty log of a running container counts).
    void open(const std::string& podUid, const std::string& container);
    [[nodiscard]] bool known(const std::string& podUid, const std::string& container) const;

    [[nodiscard]] std::string read(const std::string& podUid, const std::string& container,
                                   const LogQuery& query) const;
    /// Streams what is there and what comes, until the container ends. The answer must have begun.
    void follow(const std::string& podUid, const std::string& container, const LogQuery& query,
                const net::Responder& responder);

private:
    struct Line {
        WallTime time;
        std::string text;
    };
    struct Follower {
        net::Responder responder;
        bool timestamps = false;
    };
    struct Log {
        std::vector<Line> lines;
        std::vector<Follower> followers;
        bool closed = false;
    };
    static std::string render(const Line& line, bool timestamps);
    static std::string renderAll(const Log& log, const LogQuery& query);

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Log> logs_;
};

}  // namespace cerebral::demo
