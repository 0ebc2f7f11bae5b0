#pragma once
/// @file ApiServer: answers requests to the Kubernetes API of the demo cluster.
///
/// `handle` runs on the HTTP server's thread and never blocks: everything is in memory. Streams (watch,
/// log follow) go on through the Responder. What lies outside of generic objects is given as hooks.

#include <functional>
#include <memory>
#include <string>

#include "app/demo/api/authorizer.h"
#include "app/demo/api/create_record.h"
#include "app/demo/api/credentials.h"
#include "app/demo/api/request_path.h"
#include "app/demo/api/watch_stream.h"
#include "app/demo/faults/fault_box.h"
#include "app/demo/sim/scheduler.h"
#include "app/demo/store/object_store.h"
#include "core/net/server/http_server.h"

namespace cerebral::demo {

/// A request that has passed authentication and authorization.
struct ApiCall {
    net::ServerRequest http;
    RequestPath path;
    Query query{""};
    User user;
};

struct ApiHooks {
    std::function<void(const ApiCall&, const net::Responder&)> podLog;
    std::function<void(const ApiCall&, const net::Responder&)> podProxy;
    /// Deleting a pod: true when the hook removes it after its grace period.
    std::function<bool(const ObjectPtr&, std::chrono::seconds grace)> terminatePod;
    /// POST /demo/push: makes the scripted team push once; the text names a story, empty: the next one.
    std::function<Result<std::string>(std::string_view story)> push;
    /// POST /demo/receiver: what the pod proxy of the receiver's pods reaches, a port of 127.0.0.1.
    std::function<void(std::uint16_t adminPort)> receiverAdmin;
};

class ApiServer {
public:
    ApiServer(ObjectStore& store, Scheduler& scheduler, const Credentials& credentials, FaultBox& faults,
              CreateRecord& record, ApiHooks hooks);

    void handle(net::ServerRequest request, const net::Responder& responder);
    /// GET /demo/record, POST /demo/fault, POST /demo/push, POST /demo/receiver: also served without TLS beside the
    /// registry.
    void answerDemo(const net::ServerRequest& request, const net::Responder& responder);
    /// Carries out a fault, lasting or at once.
    void injectFault(const FaultRequest& fault);
    [[nodiscard]] std::size_t openWatches() const { return watches_.size(); }

private:
    void route(net::ServerRequest request, const net::Responder& responder);
    [[nodiscard]] std::optional<User> authenticate(const net::ServerRequest& request, bool& badToken) const;
    [[nodiscard]] net::ServerResponse review(const net::ServerRequest& request, const User& user) const;
    void dispatch(ApiCall call, const net::Responder& responder);

    // object_calls.cpp
    void get(const ApiCall& call, const net::Responder& responder) const;
    void list(const ApiCall& call, const net::Responder& responder) const;
    void watch(const ApiCall& call, const net::Responder& responder);
    // write_calls.cpp
    void create(const ApiCall& call, const net::Responder& responder);
    void replace(const ApiCall& call, const net::Responder& responder);
    void patch(const ApiCall& call, const net::Responder& responder);
    void remove(const ApiCall& call, const net::Responder& responder);
    void removeCollection(const ApiCall& call, const net::Responder& responder);
    void scale(const ApiCall& call, const net::Responder& responder);
    void mintToken(const ApiCall& call, const net::Responder& responder) const;
    Result<ObjectPtr> removeOne(const ResourceKind& kind, const ObjectPtr& object, std::chrono::seconds grace);

    ObjectStore& store_;
    Scheduler& scheduler_;
    const Credentials& credentials_;
    FaultBox& faults_;
    CreateRecord& record_;
    ApiHooks hooks_;
    Authorizer authorizer_;
    OpenWatches watches_;
};

}  // namespace cerebral::demo
