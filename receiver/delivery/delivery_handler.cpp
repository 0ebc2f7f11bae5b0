#include "receiver/delivery/delivery_handler.h"

#include <utility>

#include "core/base/plain_text.h"
#include "core/webhook/push_event.h"
#include "core/webhook/signature.h"

namespace cerebral::receiver {
namespace {

constexpr std::size_t kShownId = 64;

std::string headerText(const net::ServerRequest& request, std::string_view name) {
    return plainLine(request.headers.find(name).value_or(std::string_view()), kShownId);
}

std::string whyRejected(webhook::SignatureVerdict verdict) {
    switch (verdict) {
        case webhook::SignatureVerdict::Missing:
            return "X-Hub-Signature-256 is missing: set a secret on the webhook in GitHub";
        case webhook::SignatureVerdict::Malformed:
            return "X-Hub-Signature-256 is not sha256= and 64 hexadecimal digits";
        case webhook::SignatureVerdict::Wrong:
            return "the signature does not match: the webhook's secret in GitHub is not this receiver's";
        case webhook::SignatureVerdict::Valid:
            break;
    }
    return {};
}

}  // namespace

/// What is known about a delivery while it is on its way.
struct DeliveryHandler::Delivery {
    net::Responder responder;
    std::string id;
    std::string event;
    std::string peer;
    std::size_t bytes = 0;
    WallTime receivedAt{};
    SteadyTime since{};
    std::string repository;
    std::string ref;
    std::string after;
};

void DeliveryHandler::handle(net::ServerRequest request, const net::Responder& responder) {
    auto delivery = std::make_shared<Delivery>(Delivery{responder,
                                                        headerText(request, "X-GitHub-Delivery"),
                                                        headerText(request, "X-GitHub-Event"),
                                                        request.peer,
                                                        request.body.size(),
                                                        parts_.clock.now(),
                                                        parts_.clock.steadyNow(),
                                                        {},
                                                        {},
                                                        {}});
    const auto signature = request.headers.find("X-Hub-Signature-256").value_or(std::string_view());
    const auto verdict = webhook::verifySignature(signature, std::move(request.bodyMacs));
    if (verdict != webhook::SignatureVerdict::Valid) {
        return answer(*delivery, {400, "rejected", delivery->id, whyRejected(verdict), {}});
    }
    if (delivery->event == "ping") return answer(*delivery, {200, "pong", delivery->id, "the webhook works", {}});
    if (delivery->event != "push") {
        return answer(*delivery, {200,
                                  "ignored",
                                  delivery->id,
                                  delivery->event.empty() ? "X-GitHub-Event is missing"
                                                          : "event " + delivery->event + " starts no build",
                                  {}});
    }
    handlePush(delivery, std::move(request.body));
}

void DeliveryHandler::handlePush(const std::shared_ptr<Delivery>& delivery, std::string body) {
    const auto push = webhook::parsePushEvent(std::move(body));
    if (!push) return answer(*delivery, {400, "rejected", delivery->id, push.error().message, {}});
    delivery->repository = plainLine(push->repository, 200);
    delivery->ref = plainLine(push->ref, 300);
    delivery->after = plainLine(push->after, 64);

    const auto config = parts_.config.get();
    const auto decision = webhook::decide(*push, *config, parts_.clock.now(), parts_.platformServices());
    if (decision.ignored()) return answer(*delivery, {200, "ignored", delivery->id, decision.reason, {}});

    std::vector<pipeline::BuildRequest> builds;
    builds.reserve(decision.builds.size());
    for (const auto& build : decision.builds) {
        builds.push_back(pipeline::buildRequestFor(*push, build, delivery->id, delivery->receivedAt));
    }
    parts_.launcher.launch(builds, *config, delivery->id, decision.reason, delivery->since,
                           [this, delivery](const DeliveryAnswer& done) { answer(*delivery, done); });
}

void DeliveryHandler::answer(const Delivery& delivery, const DeliveryAnswer& answer) {
    parts_.failpoints.pass("before-answer");
    // Counted first: who has the answer finds it in the metrics.
    const std::chrono::duration<double> took = parts_.clock.steadyNow() - delivery.since;
    parts_.metrics.deliveryAnswered(answer.status, took.count());
    delivery.responder.send(toResponse(answer));

    const double latencyMs = took.count() * 1000.0;
    std::string runs;
    for (const RunAnswer& run : answer.runs)
        runs += (runs.empty() ? "" : " ") + run.name + "=" + toString(run.outcome);
    parts_.log.write(answer.httpStatus >= 400 ? LogLevel::Warning : LogLevel::Info, "delivery",
                     {{"delivery", delivery.id},
                      {"githubEvent", delivery.event},
                      {"repository", delivery.repository},
                      {"ref", delivery.ref},
                      {"status", answer.status},
                      {"httpStatus", answer.httpStatus},
                      {"reason", answer.reason},
                      {"runs", runs},
                      {"bytes", delivery.bytes},
                      {"latencyMs", latencyMs},
                      {"peer", delivery.peer}});
    // What was not signed by GitHub leaves no row: strangers must not fill the disk.
    if (answer.status == "rejected") return;
    DeliveryRecord record{delivery.id,
                          delivery.receivedAt,
                          delivery.event,
                          delivery.repository,
                          delivery.ref,
                          delivery.after,
                          answer.status,
                          answer.reason,
                          answer.httpStatus,
                          latencyMs,
                          {}};
    for (const RunAnswer& run : answer.runs) record.runNames.push_back(run.name);
    parts_.spool.record(std::move(record));
}

}  // namespace cerebral::receiver
