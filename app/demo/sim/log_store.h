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

#include "app/demo/store/mold.h"
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

struct LogLineAt {
    WallTime time;
    std::string text;
};

/// A log many containers have had, up to some values: offsets from the fill's origin.
struct PastLogLine {
    std::chrono::microseconds offset{0};
    Mold text;
};
using PastLog = std::vector<PastLogLine>;

/// Thread-safe.
class LogStore {
public:
    /// `text` is one line without its line feed; it may hold anything else, colours included.
    void append(const std::string& podUid, const std::string& container, WallTime time, std::string text);
    /// The container has ended: followers are let go when they have read everything.
    void close(const std::string& podUid, const std::string& container);
    void forget(const std::string& podUid);
    /// The log of a container that ended before the demo began; rendered when it is asked for.
    void addPast(const std::string& podUid, const std::string& container, std::shared_ptr<const PastLog> log,
                 Mold::Fill fill);
    /// Whether anything was opened under this name (an empty log of a running container counts).
    void open(const std::string& podUid, const std::string& container);
    [[nodiscard]] bool known(const std::string& podUid, const std::string& container) const;

    [[nodiscard]] std::vector<LogLineAt> lines(const std::string& podUid, const std::string& container) const;
    [[nodiscard]] std::string read(const std::string& podUid, const std::string& container,
                                   const LogQuery& query) const;
    /// Streams what is there and what comes, until the container ends. The answer must have begun.
    void follow(const std::string& podUid, const std::string& container, const LogQuery& query,
                const net::Responder& responder);

private:
    struct Follower {
        net::Responder responder;
        bool timestamps = false;
    };
    struct Log {
        std::vector<LogLineAt> lines;
        std::vector<Follower> followers;
        bool closed = false;
        std::shared_ptr<const PastLog> past;  ///< in place of `lines`
        Mold::Fill fill;
    };
    static std::string render(const LogLineAt& line, bool timestamps);
    static std::vector<LogLineAt> linesOf(const Log& log);
    static std::string renderAll(const Log& log, const LogQuery& query);

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, Log> logs_;
};

}  // namespace cerebral::demo
