#include "core/pipeline/build_request.h"

namespace cerebral::pipeline {

BuildRequest buildRequestFor(const webhook::PushEvent& push, const webhook::ServiceBuild& build, std::string delivery,
                             WallTime receivedAt) {
    BuildRequest request;
    request.service = build.service;
    request.trigger = build.trigger;
    request.deploy = build.deploy;
    request.why = build.why;
    request.repository = push.repository;
    request.cloneUrl = push.cloneUrl;
    request.ref = push.ref;
    request.before = push.before;
    request.after = push.after;
    request.branch = push.shortRef();
    request.pushedAtText = push.pushedAtText;
    if (push.headCommit) {
        request.message = push.headCommit->message;
        request.author =
            push.headCommit->authorName.empty() ? push.headCommit->authorUsername : push.headCommit->authorName;
    }
    request.pusher = push.pusher;
    request.compareUrl = push.compareUrl;
    request.delivery = std::move(delivery);
    request.receivedAt = receivedAt;
    return request;
}

}  // namespace cerebral::pipeline
