#include "tests/unit/demo/demo_client.h"

#include "core/base/encoding.h"

namespace cerebral::test {
namespace {

constexpr const char* kTekton = "/apis/tekton.dev/v1/namespaces/tekton-pipelines/";

}  // namespace

DemoClient::DemoClient(const demo::DemoCluster& cluster)
    : url_(cluster.url()), registryUrl_("http://" + cluster.registryHost()) {
    const Json config = Json::parse(cluster.kubeconfig());
    token_ = Secret(config["users"][0]["user"]["token"].get<std::string>());
    auto tls = std::make_shared<net::TlsOptions>();
    tls->caPem =
        fromBase64(config["clusters"][0]["cluster"]["certificate-authority-data"].get<std::string>()).value();
    tls_ = std::move(tls);
}

net::HttpRequest DemoClient::request(net::Method method, std::string url, std::string body,
                                     net::Headers headers) const {
    net::HttpRequest request;
    request.method = method;
    request.url = std::move(url);
    request.body = std::move(body);
    request.headers = std::move(headers);
    request.version = net::HttpVersion::Http1;
    return request;
}

net::HttpResponse DemoClient::send(net::Method method, std::string_view path, std::string body,
                                   net::Headers headers) {
    net::HttpRequest call = request(method, url_ + std::string(path), std::move(body), std::move(headers));
    call.bearerToken = token_;
    call.tls = tls_;
    auto response = transport_.send(call, {});
    return response ? std::move(*response) : net::HttpResponse{};
}

DemoClient::Json DemoClient::json(std::string_view path) {
    const net::HttpResponse response = get(path);
    return response.status / 100 == 2 ? Json::parse(response.body, nullptr, false) : Json();
}

net::HttpResponse DemoClient::registry(net::Method method, std::string_view path, std::string body,
                                       net::Headers headers) {
    auto response =
        transport_.send(request(method, registryUrl_ + std::string(path), std::move(body), std::move(headers)), {});
    return response ? std::move(*response) : net::HttpResponse{};
}

bool DemoClient::lines(std::string_view path, const std::function<bool(std::string_view)>& onLine) {
    struct Reader final : net::StreamHandler {
        explicit Reader(const std::function<bool(std::string_view)>& take) : onLine(take) {}
        bool onHead(const net::HttpHead& head) override {
            status = head.status;
            return true;
        }
        bool onData(std::string_view chunk) override {
            buffer.append(chunk);
            std::size_t begin = 0;
            for (std::size_t end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n', begin)) {
                const std::string_view line = std::string_view(buffer).substr(begin, end - begin);
                begin = end + 1;
                if (!onLine(line)) return false;
            }
            buffer.erase(0, begin);
            return true;
        }
        const std::function<bool(std::string_view)>& onLine;
        std::string buffer;
        int status = 0;
    };
    Reader reader(onLine);
    net::HttpRequest call = request(net::Method::Get, url_ + std::string(path), {}, {});
    call.bearerToken = token_;
    call.tls = tls_;
    call.timeout = std::chrono::seconds(60);
    return transport_.stream(call, reader, {}).has_value() && reader.status == 200;
}

DemoClient::Json DemoClient::run(const std::string& name) {
    return json(kTekton + ("pipelineruns/" + name));
}
DemoClient::Json DemoClient::taskRun(const std::string& name) {
    return json(kTekton + ("taskruns/" + name));
}
DemoClient::Json DemoClient::pod(const std::string& name) {
    return json("/api/v1/namespaces/tekton-pipelines/pods/" + name);
}

std::string DemoClient::reason(const Json& object) {
    if (!object.is_object()) return {};
    const Json conditions = object.value("status", Json::object()).value("conditions", Json::array());
    return conditions.empty() ? std::string() : conditions[0].value("reason", "");
}

}  // namespace cerebral::test
