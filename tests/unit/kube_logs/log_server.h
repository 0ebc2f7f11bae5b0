#pragma once
/// @file LogServer: a pod whose container writes while somebody reads, behind an HttpTransport.
///
/// It keeps the rules of the kubelet that matter to a reader: `sinceTime` has whole seconds and compares
/// stamps, `follow` ends when the container has ended, `previous` is the instance before, logs go with
/// the pod. It cuts streams at any byte. Everything happens on the caller's thread.

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/net/http_transport.h"

namespace cerebral::test {

struct StampedLine {
    WallTime time;
    std::string text;
    /// "2026-…Z text", always nine digits of nanoseconds, as recorded from a real kubelet.
    [[nodiscard]] std::string raw() const;
};

class LogServer final : public net::HttpTransport {
public:
    struct Plan {
        std::uint64_t seed = 1;
        int drops = 0;                     ///< streams cut before they may end properly
        std::size_t dropWithin = 200'000;  ///< bytes a stream that is cut gets through at most
        std::size_t burst = 97;            ///< lines the container writes at most between two reads
        bool newlineAtEnd = true;
        bool restartsAlways = false;  ///< the pod's restartPolicy
    };

    LogServer(Plan plan, std::vector<std::vector<StampedLine>> instances);

    Result<net::HttpResponse> send(const net::HttpRequest& request, std::stop_token stop) override;
    Result<net::StreamEnd> stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                  std::stop_token stop) override;

    /// Runs before each request; may change what follows.
    std::function<void(int request)> onRequest;
    void deletePod() { podUid_.clear(); }
    void replacePod() { podUid_ = "another"; }
    [[nodiscard]] int dropped() const { return dropped_; }
    /// Queries of the log requests, in order.
    [[nodiscard]] const std::vector<std::string>& logRequests() const { return logRequests_; }

private:
    [[nodiscard]] std::string podJson() const;
    void write();
    [[nodiscard]] bool instanceEnded() const { return written_ == instances_[current_].size(); }

    Plan plan_;
    std::vector<std::vector<StampedLine>> instances_;
    std::mt19937_64 random_;
    std::string podUid_ = "uid-1";
    std::size_t current_ = 0;
    std::size_t written_ = 0;
    int dropped_ = 0;
    int requests_ = 0;
    std::vector<std::string> logRequests_;
};

}  // namespace cerebral::test
