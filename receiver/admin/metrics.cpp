#include "receiver/admin/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <sstream>

namespace cerebral::receiver {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;

const prometheus::Histogram::BucketBoundaries kSeconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,   0.25,   0.5,   1,    2.5,   5};

}  // namespace

class Metrics::Impl {
public:
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& deliveries = BuildCounter()
                                                              .Name("github_webhook_deliveries_total")
                                                              .Help("Deliveries by the word they were answered with")
                                                              .Register(registry);
    prometheus::Histogram& latency = BuildHistogram()
                                         .Name("github_webhook_delivery_duration_seconds")
                                         .Help("From the last byte of a delivery to its answer")
                                         .Register(registry)
                                         .Add({}, kSeconds);
    prometheus::Family<prometheus::Counter>& refusedRequests =
        BuildCounter()
            .Name("github_webhook_requests_refused_total")
            .Help("Requests refused before they were a delivery, by status code")
            .Register(registry);
    prometheus::Family<prometheus::Counter>& runs = BuildCounter()
                                                        .Name("github_webhook_pipelineruns_total")
                                                        .Help("PipelineRuns by what became of them")
                                                        .Register(registry);
    prometheus::Family<prometheus::Counter>& apiErrors = BuildCounter()
                                                             .Name("github_webhook_api_errors_total")
                                                             .Help("Failed creates by class of failure")
                                                             .Register(registry);
    prometheus::Counter& superseded = BuildCounter()
                                          .Name("github_webhook_pipelineruns_superseded_total")
                                          .Help("Runs cancelled because a newer push took their place")
                                          .Register(registry)
                                          .Add({});
    prometheus::Family<prometheus::Counter>& rebuilds = BuildCounter()
                                                            .Name("github_webhook_rebuild_requests_total")
                                                            .Help("Requests to /rebuild by status code")
                                                            .Register(registry);
    prometheus::Family<prometheus::Counter>& reloads = BuildCounter()
                                                           .Name("github_webhook_config_reloads_total")
                                                           .Help("Configuration reloads by result")
                                                           .Register(registry);
    prometheus::Counter& redeliveries = BuildCounter()
                                            .Name("github_webhook_redeliveries_requested_total")
                                            .Help("Failed deliveries that GitHub was asked to send again")
                                            .Register(registry)
                                            .Add({});
    prometheus::Counter& reconcileFailures = BuildCounter()
                                                 .Name("github_webhook_reconcile_failures_total")
                                                 .Help("Requests for redelivery that GitHub did not grant")
                                                 .Register(registry)
                                                 .Add({});
    prometheus::Gauge& spoolDepth = gauge("github_webhook_spool_depth", "Runs on disk that are not created yet");
    prometheus::Gauge& spoolHealthy =
        gauge("github_webhook_spool_healthy", "1 when the last write to the spool succeeded");
    prometheus::Gauge& deadLetters = gauge("github_webhook_dead_letters", "Runs the cluster refused for good");
    prometheus::Gauge& connections = gauge("github_webhook_connections", "Open connections on the webhook port");
    prometheus::Gauge& bodyBytes =
        gauge("github_webhook_body_bytes_in_flight", "Bytes of request bodies held in memory");
    Gauges gauges;

private:
    prometheus::Gauge& gauge(const char* name, const char* help) {
        return BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
    // Present from the start, so that rate() sees their first increment.
    for (const char* status :
         {"created", "duplicate", "ignored", "pong", "queued", "refused", "rejected", "unsafe"}) {
        impl_->deliveries.Add({{"status", status}});
    }
    for (const char* outcome : {"created", "duplicate", "refused"}) impl_->runs.Add({{"outcome", outcome}});
}
Metrics::~Metrics() = default;

void Metrics::deliveryAnswered(const std::string& status, double seconds) {
    impl_->deliveries.Add({{"status", status}}).Increment();
    impl_->latency.Observe(seconds);
}
void Metrics::requestRefused(int httpStatus) {
    impl_->refusedRequests.Add({{"code", std::to_string(httpStatus)}}).Increment();
}
void Metrics::runSettled(const std::string& outcome) {
    impl_->runs.Add({{"outcome", outcome}}).Increment();
}
void Metrics::apiError(const std::string& kind) {
    impl_->apiErrors.Add({{"kind", kind}}).Increment();
}
void Metrics::runsSuperseded(std::size_t count) {
    impl_->superseded.Increment(static_cast<double>(count));
}
void Metrics::rebuildAnswered(int httpStatus) {
    impl_->rebuilds.Add({{"code", std::to_string(httpStatus)}}).Increment();
}
void Metrics::configReloaded(bool accepted) {
    impl_->reloads.Add({{"result", accepted ? "accepted" : "refused"}}).Increment();
}
void Metrics::redeliveriesRequested(std::size_t count) {
    impl_->redeliveries.Increment(static_cast<double>(count));
}
void Metrics::reconcileFailed() {
    impl_->reconcileFailures.Increment();
}
void Metrics::setGauges(Gauges gauges) {
    impl_->gauges = std::move(gauges);
}

std::string Metrics::text() {
    const auto set = [](prometheus::Gauge& gauge, const auto& read) {
        if (read) gauge.Set(static_cast<double>(read()));
    };
    set(impl_->spoolDepth, impl_->gauges.spoolDepth);
    set(impl_->deadLetters, impl_->gauges.deadLetters);
    set(impl_->connections, impl_->gauges.connections);
    set(impl_->bodyBytes, impl_->gauges.bodyBytes);
    set(impl_->spoolHealthy, impl_->gauges.spoolHealthy);
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, impl_->registry.Collect());
    return out.str();
}

}  // namespace cerebral::receiver
