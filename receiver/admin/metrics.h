#pragma once
/// @file Metrics: what Prometheus scrapes from the admin port (prometheus-cpp, text format 0.0.4).
/// Thread-safe.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cerebral::receiver {

class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// `status` is the answer's word ("created", "ignored", …); from the last byte read to the answer.
    void deliveryAnswered(const std::string& status, double seconds);
    /// A request the HTTP server or the front refused before it was a delivery.
    void requestRefused(int httpStatus);
    /// "created", "duplicate" or "refused".
    void runSettled(const std::string& outcome);
    /// By ErrorKind.
    void apiError(const std::string& kind);
    void runsSuperseded(std::size_t count);
    void rebuildAnswered(int httpStatus);
    void configReloaded(bool accepted);
    void redeliveriesRequested(std::size_t count);
    /// GitHub could not be asked, or would not.
    void reconcileFailed();

    /// Values read when scraped.
    struct Gauges {
        std::function<std::size_t()> spoolDepth;
        std::function<std::size_t()> deadLetters;
        std::function<std::size_t()> connections;
        std::function<std::size_t()> bodyBytes;
        std::function<bool()> spoolHealthy;
    };
    void setGauges(Gauges gauges);

    [[nodiscard]] std::string text();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::receiver
