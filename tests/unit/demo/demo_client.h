#pragma once
/// @file DemoClient: HTTP to a demo cluster, as its administrator, with what tests need to look at.

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/demo/demo_cluster.h"
#include "core/net/curl_transport.h"

namespace cerebral::test {

class DemoClient {
public:
    using Json = nlohmann::json;

    explicit DemoClient(const demo::DemoCluster& cluster);

    /// An answer of any status; status 0: there was none.
    net::HttpResponse send(net::Method method, std::string_view path, std::string body = {},
                           net::Headers headers = {});
    net::HttpResponse get(std::string_view path) { return send(net::Method::Get, path); }
    /// The body of an answer 2xx; null otherwise.
    Json json(std::string_view path);
    /// Plain HTTP to the registry and the control paths beside it.
    net::HttpResponse registry(net::Method method, std::string_view path, std::string body = {},
                               net::Headers headers = {});
    /// Reads a stream line by line until `onLine` returns false or it ends; false: it broke.
    bool lines(std::string_view path, const std::function<bool(std::string_view)>& onLine);

    // tekton-pipelines
    Json run(const std::string& name);
    Json taskRun(const std::string& name);
    Json pod(const std::string& name);
    /// "Running", "Failed", …: the reason of the first condition; empty when there is none yet.
    static std::string reason(const Json& object);

private:
    net::HttpRequest request(net::Method method, std::string url, std::string body, net::Headers headers) const;
    net::CurlTransport transport_;
    std::string url_, registryUrl_;
    Secret token_;
    std::shared_ptr<const net::TlsOptions> tls_;
};

}  // namespace cerebral::test
