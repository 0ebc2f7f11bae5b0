#include "receiver/rebuild/rebuild_handler.h"

#include "core/tekton/decode.h"
#include "core/tekton/run_labels.h"
#include "core/webhook/decision.h"
#include "receiver/http/front.h"
#include "receiver/rebuild/token_review.h"

namespace cerebral::receiver {

net::ServerResponse tooManyRequests(std::chrono::milliseconds retryAfter) {
    auto response = jsonAnswer(429, "rejected", "too many requests");
    response.headers.add("Retry-After", std::to_string((retryAfter.count() + 999) / 1000));
    return response;
}

net::ServerResponse tokenRefused(const Error& error) {
    if (error.kind == ErrorKind::Unauthorized) {
        auto response = jsonAnswer(401, "rejected", error.message);
        response.headers.add("WWW-Authenticate", "Bearer");
        return response;
    }
    if (error.kind == ErrorKind::Forbidden) return jsonAnswer(403, "rejected", error.message);
    return jsonAnswer(503, "rejected", "the token could not be checked: " + error.message);
}

void RebuildHandler::handle(net::ServerRequest request, const net::Responder& responder) {
    if (const auto wait = parts_.limit.take()) return answer(responder, {}, tooManyRequests(*wait));
    const SteadyTime since = parts_.clock.steadyNow();
    auto shared = std::make_shared<net::ServerRequest>(std::move(request));
    const bool taken = parts_.calls.run(
        [this, shared, responder, since](const std::stop_token& stop) { work(*shared, responder, since, stop); });
    if (!taken) answer(responder, {}, jsonAnswer(503, "rejected", "too many requests are being checked"));
}

void RebuildHandler::work(const net::ServerRequest& request, const net::Responder& responder, SteadyTime since,
                          const std::stop_token& stop) {
    // Nothing of the body is looked at before the token holds.
    if (auto let = reviewToken(parts_.client, parts_.ns, tokenOf(request.headers), stop); !let) {
        return answer(responder, {}, tokenRefused(let.error()));
    }
    const auto rebuild = parseRebuildRequest(request.body);
    if (!rebuild) return answer(responder, {}, jsonAnswer(400, "rejected", rebuild.error().message));
    const auto builds = resolve(*rebuild, stop);
    if (!builds) {
        const int status = builds.error().kind == ErrorKind::NotFound ? 404 : 503;
        return answer(responder, rebuild->requestId, jsonAnswer(status, "rejected", builds.error().message));
    }
    const auto receivedAt = parts_.clock.now();
    parts_.launcher.launch(
        *builds, *parts_.config.get(), rebuild->requestId, "rebuild requested: " + rebuild->reason, since,
        [this, responder, receivedAt, since, branch = rebuild->branch](const DeliveryAnswer& done) {
            DeliveryRecord record;
            record.id = done.delivery;
            record.receivedAt = receivedAt;
            record.event = "rebuild";
            record.ref = "refs/heads/" + branch;
            record.status = done.status;
            record.reason = done.reason;
            record.httpStatus = done.httpStatus;
            record.latencyMs = std::chrono::duration<double, std::milli>(parts_.clock.steadyNow() - since).count();
            for (const RunAnswer& run : done.runs) record.runNames.push_back(run.name);
            if (done.status != "unsafe") parts_.spool.record(std::move(record));
            answer(responder, done.delivery, toResponse(done));
        });
}

Result<std::vector<pipeline::BuildRequest>> RebuildHandler::resolve(const RebuildRequest& rebuild,
                                                                    const std::stop_token& stop) {
    kube::ListOptions options;
    options.labelSelector =
        std::string(tekton::labels::kManagedBy) + "=" + std::string(tekton::labels::kManagedByValue);
    const auto list = parts_.client.list(kube::types::kPipelineRuns, parts_.ns, options, stop);
    if (!list) return fail(ErrorKind::Unreachable, list.error().message);
    kube::Store<tekton::PipelineRun> store;
    const auto sink = tekton::makePipelineRunSink(store);
    if (auto page = sink->addPage(*list, false); !page) return fail(ErrorKind::Unreachable, page.error().message);
    sink->commitList();
    const auto runs = store.snapshot();

    const auto config = parts_.config.get();
    std::vector<pipeline::BuildRequest> builds;
    for (const std::string& service : rebuild.services) {
        auto rule = webhook::ruleFor(service, *config);
        if (!rule) return fail(rule.error());
        const auto source = findSource(runs, service, rebuild.branch);
        if (!source) {
            return fail(ErrorKind::NotFound, "no build is known yet, so the repository of " + service +
                                                 " is not known either: push to it once");
        }
        const std::string& commit = rebuild.commit.empty() ? source->commit : rebuild.commit;
        if (commit.empty()) {
            return fail(ErrorKind::NotFound,
                        service + " was not built on branch " + rebuild.branch + " before: name the commit to build");
        }
        pipeline::BuildRequest build;
        build.deploy = rule->deployOn.empty() ? source->deploys : webhook::deploysOn(*rule, rebuild.branch, {});
        build.service = std::move(*rule);
        build.trigger = webhook::Trigger::Rebuild;
        build.why = rebuild.reason;
        build.repository = source->repository;
        build.cloneUrl = source->cloneUrl;
        build.ref = "refs/heads/" + rebuild.branch;
        build.after = commit;
        build.branch = rebuild.branch;
        build.receivedAt = parts_.clock.now();
        build.attempt = rebuild.requestId;
        build.requestId = rebuild.requestId;
        build.requestedBy = rebuild.requestedBy;
        builds.push_back(std::move(build));
    }
    return builds;
}

void RebuildHandler::answer(const net::Responder& responder, const std::string& requestId,
                            const net::ServerResponse& response) {
    parts_.metrics.rebuildAnswered(response.status);
    parts_.log.write(response.status >= 400 ? LogLevel::Warning : LogLevel::Info, "rebuild",
                     {{"requestId", requestId}, {"httpStatus", response.status}, {"answer", response.body}});
    responder.send(response);
}

}  // namespace cerebral::receiver
