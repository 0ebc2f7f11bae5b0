#include "core/kube/kube_client.h"

#include "core/kube/status.h"
#include "core/net/line_splitter.h"
#include "core/net/url.h"

namespace cerebral::kube {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::seconds kListTimeout{60};
constexpr std::chrono::seconds kRequestTimeout{30};
/// The server ends a watch after `timeoutSeconds`; one that does not is cut this much later.
constexpr std::chrono::seconds kWatchGrace{60};
/// Bookmarks come about every minute (k8s.io/apiserver cacher), so two missing ones mean a dead peer.
constexpr std::chrono::seconds kWatchSilence{150};
constexpr std::size_t kMaxErrorBody = 64U * 1024U;

void addSelectors(Query& query, const std::string& labels, const std::string& fields) {
    if (!labels.empty()) query.emplace_back("labelSelector", labels);
    if (!fields.empty()) query.emplace_back("fieldSelector", fields);
}

std::string withQuery(std::string path, const Query& query) {
    if (!query.empty()) path += "?" + net::buildQuery(query);
    return path;
}

std::string describe(std::string_view verb, const ResourceType& type, std::string_view ns,
                     std::string_view name = {}) {
    std::string text(verb);
    text += " " + describe(type);
    if (!name.empty()) text += " " + std::string(name);
    if (type.namespaced) text += ns.empty() ? " in all namespaces" : " in namespace " + std::string(ns);
    return text;
}

const char* contentType(PatchType how) {
    switch (how) {
        case PatchType::MergePatch:
            return "application/merge-patch+json";
        case PatchType::JsonPatch:
            return "application/json-patch+json";
        case PatchType::StrategicMergePatch:
            return "application/strategic-merge-patch+json";
    }
    return "";
}

/// Hands the chunks of a 200 on; keeps the body of anything else for the error it is.
class Receiver final : public net::StreamHandler {
public:
    Receiver(const std::function<void()>& onOpen, const std::function<bool(std::string_view)>& onChunk)
        : onOpen_(onOpen), onChunk_(onChunk) {}

    bool onHead(const net::HttpHead& head) override {
        answer_.status = head.status;
        answer_.headers = head.headers;
        if (accepted() && onOpen_) onOpen_();
        return true;
    }

    bool onData(std::string_view chunk) override {
        if (accepted()) return onChunk_(chunk);
        answer_.body.append(chunk.substr(0, kMaxErrorBody - answer_.body.size()));
        return answer_.body.size() < kMaxErrorBody;
    }

    [[nodiscard]] bool accepted() const { return answer_.status == 200; }
    [[nodiscard]] const net::HttpResponse& answer() const { return answer_; }

private:
    const std::function<void()>& onOpen_;
    const std::function<bool(std::string_view)>& onChunk_;
    net::HttpResponse answer_;
};

Error asSentence(Error error, const std::string& what) {
    if (error.kind != ErrorKind::Cancelled) error.message = what + ": " + error.message;
    return error;
}

}  // namespace

struct KubeClient::Call {
    net::Method method = net::Method::Get;
    std::string path;
    std::string what;  ///< how errors begin: "list pods in namespace x"
    std::string body;
    std::string_view contentType = "application/json";
    std::string_view accept = "application/json";
    net::HttpVersion version = net::HttpVersion::Http2;
    bool gzip = false;
    std::chrono::milliseconds timeout = kRequestTimeout;
    std::chrono::seconds silence{0};
};

KubeClient::KubeClient(net::HttpTransport& transport, ClusterAccess access)
    : transport_(transport), access_(std::move(access)) {}

Result<std::string> KubeClient::list(const ResourceType& type, std::string_view ns, const ListOptions& options,
                                     std::stop_token stop) {
    Query query;
    addSelectors(query, options.labelSelector, options.fieldSelector);
    if (options.limit > 0) query.emplace_back("limit", std::to_string(options.limit));
    if (!options.continueToken.empty()) query.emplace_back("continue", options.continueToken);
    if (options.resourceVersion) query.emplace_back("resourceVersion", *options.resourceVersion);
    if (options.exactly) query.emplace_back("resourceVersionMatch", "Exact");
    Call call;
    call.path = withQuery(collectionPath(type, ns), query);
    call.what = describe("list", type, ns);
    call.gzip = !access_.disableCompression;
    call.timeout = kListTimeout;
    return sendRenewing(call, stop);
}

Result<std::string> KubeClient::get(const ResourceType& type, std::string_view ns, std::string_view name,
                                    std::stop_token stop) {
    Call call;
    call.path = objectPath(type, ns, name);
    call.what = describe("get", type, ns, name);
    return sendRenewing(call, stop);
}

Result<std::string> KubeClient::create(const ResourceType& type, std::string_view ns, std::string body,
                                       std::stop_token stop, std::chrono::milliseconds deadline) {
    Call call;
    call.method = net::Method::Post;
    call.path = collectionPath(type, ns);
    call.what = describe("create", type, ns);
    call.body = std::move(body);
    call.timeout = deadline;
    return sendRenewing(call, stop);
}

Result<std::string> KubeClient::patch(const ResourceType& type, std::string_view ns, std::string_view name,
                                      PatchType how, std::string body, std::stop_token stop) {
    Call call;
    call.method = net::Method::Patch;
    call.path = objectPath(type, ns, name);
    call.what = describe("patch", type, ns, name);
    call.body = std::move(body);
    call.contentType = contentType(how);
    return sendRenewing(call, stop);
}

Result<std::string> KubeClient::remove(const ResourceType& type, std::string_view ns, std::string_view name,
                                       std::stop_token stop) {
    Call call;
    call.method = net::Method::Delete;
    call.path = objectPath(type, ns, name);
    call.what = describe("delete", type, ns, name);
    return sendRenewing(call, stop);
}

Result<std::string> KubeClient::raw(net::Method method, std::string_view pathAndQuery, std::string body,
                                    std::stop_token stop) {
    Call call;
    call.method = method;
    call.path = pathAndQuery;
    call.what = std::string(toString(method)) + " " + std::string(pathAndQuery.substr(0, pathAndQuery.find('?')));
    call.body = std::move(body);
    call.accept = "application/json, */*";
    return sendRenewing(call, stop);
}

Result<WatchEnd> KubeClient::streamRaw(std::string_view pathAndQuery, net::HttpVersion version,
                                       std::chrono::seconds silence,
                                       const std::function<bool(std::string_view)>& onChunk, std::stop_token stop,
                                       const std::function<void()>& onOpen) {
    Call call;
    call.path = pathAndQuery;
    call.what = "read " + std::string(pathAndQuery.substr(0, pathAndQuery.find('?')));
    call.accept = "*/*";
    call.version = version;
    call.timeout = std::chrono::milliseconds(0);
    call.silence = silence;
    return streamRenewing(call, onOpen, onChunk, stop);
}

Result<WatchEnd> KubeClient::watch(const ResourceType& type, std::string_view ns, const WatchOptions& options,
                                   const std::function<void()>& onOpen,
                                   const std::function<bool(std::string_view)>& onLine, std::stop_token stop,
                                   const std::function<void()>& onPause) {
    Query query{{"watch", "true"}, {"allowWatchBookmarks", "true"}};
    addSelectors(query, options.labelSelector, options.fieldSelector);
    if (options.sendInitialEvents) {
        query.emplace_back("sendInitialEvents", "true");
        query.emplace_back("resourceVersionMatch", "NotOlderThan");
    }
    if (!options.resourceVersion.empty()) query.emplace_back("resourceVersion", options.resourceVersion);
    query.emplace_back("timeoutSeconds", std::to_string(options.timeout.count()));

    Call call;
    call.path = withQuery(collectionPath(type, ns), query);
    call.what = describe("watch", type, ns);
    call.timeout = options.timeout + kWatchGrace;
    call.silence = kWatchSilence;

    net::LineSplitter splitter;
    std::optional<Error> broken;
    const auto onChunk = [&](std::string_view chunk) {
        bool wanted = true;
        const auto fed = splitter.feed(chunk, [&](std::string_view line) { return wanted = onLine(line); });
        if (!fed) broken = fed.error();
        if (onPause) onPause();
        return wanted && fed.has_value();
    };
    auto end = streamRenewing(call, onOpen, onChunk, stop);
    if (broken) return fail(asSentence(std::move(*broken), call.what));
    return end;
}

Result<net::HttpRequest> KubeClient::prepare(const Call& call, std::stop_token stop) const {
    net::HttpRequest request;
    request.method = call.method;
    request.url = access_.server + call.path;
    request.headers = access_.impersonation;
    request.headers.add("Accept", std::string(call.accept));
    request.headers.add("User-Agent", "cerebral-desk/" CEREBRAL_VERSION);
    if (!call.body.empty()) request.headers.add("Content-Type", std::string(call.contentType));
    request.body = call.body;
    request.tls = access_.tls;
    request.proxyUrl = access_.proxyUrl;
    request.version = call.version;
    request.acceptGzip = call.gzip;
    request.timeout = call.timeout;
    request.silenceTimeout = call.silence;
    if (access_.credentials) {
        if (auto applied = access_.credentials->apply(request, stop); !applied) return fail(applied.error());
    }
    return request;
}

Result<std::string> KubeClient::sendRenewing(const Call& call, std::stop_token stop) {
    for (bool renewed = false;; renewed = true) {
        const auto request = prepare(call, stop);
        if (!request) return fail(request.error());
        auto response = transport_.send(*request, stop);
        if (!response) return fail(asSentence(std::move(response.error()), call.what));
        if (response->status >= 200 && response->status < 300) return std::move(response->body);
        const bool again = response->status == 401 && !renewed && access_.credentials && access_.credentials->renew();
        if (!again) return fail(errorFromResponse(*response, call.what));
    }
}

Result<WatchEnd> KubeClient::streamRenewing(const Call& call, const std::function<void()>& onOpen,
                                            const std::function<bool(std::string_view)>& onChunk,
                                            std::stop_token stop) {
    for (bool renewed = false;; renewed = true) {
        const auto request = prepare(call, stop);
        if (!request) return fail(request.error());
        Receiver receiver(onOpen, onChunk);
        auto end = transport_.stream(*request, receiver, stop);
        const int status = receiver.answer().status;
        if (status != 0 && !receiver.accepted()) {
            const bool again = status == 401 && !renewed && access_.credentials && access_.credentials->renew();
            if (again) continue;
            return fail(errorFromResponse(receiver.answer(), call.what));
        }
        if (!end) return fail(asSentence(std::move(end.error()), call.what));
        return *end == net::StreamEnd::Complete ? WatchEnd::Complete : WatchEnd::StoppedByCaller;
    }
}

}  // namespace cerebral::kube
