#include "app/demo/registry/registry_api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/api/request_path.h"
#include "app/demo/store/json.h"
#include "core/net/url.h"

namespace cerebral::demo {
namespace {

net::ServerResponse answer(int status, std::string contentType, std::string body) {
    net::ServerResponse response;
    response.status = status;
    response.headers = {{"Content-Type", std::move(contentType)},
                        {"Docker-Distribution-Api-Version", "registry/2.0"}};
    response.body = std::move(body);
    return response;
}

net::ServerResponse json(const Json& body) {
    return answer(200, "application/json; charset=utf-8", body.dump() + "\n");
}

net::ServerResponse refusal(int status, const char* code, const char* message, const Json& detail) {
    Json error = {{"code", code}, {"message", message}};
    if (!detail.is_null()) error["detail"] = detail;
    return answer(status, "application/json; charset=utf-8",
                  Json{{"errors", Json::array({std::move(error)})}}.dump() + "\n");
}

/// The part of `all` behind `last`, at most `n`; a Link when there is more.
net::ServerResponse page(const std::vector<std::string>& all, const Query& query, const std::string& path,
                         const std::string& field, Json frame) {
    const auto n = query.number("n");
    if (n && *n <= 0)
        return refusal(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested", {{"n", *n}});
    const std::string last = query.get("last");
    auto first = last.empty() ? all.begin() : std::ranges::upper_bound(all, last);
    auto end = all.end();
    if (n && end - first > *n) end = first + static_cast<std::ptrdiff_t>(*n);
    frame[field] = std::vector<std::string>(first, end);
    net::ServerResponse response = json(frame);
    if (end != all.end()) {
        response.headers.add("Link", "<" + path + "?last=" + net::percentEncode(*(end - 1)) +
                                         "&n=" + std::to_string(*n) + ">; rel=\"next\"");
    }
    return response;
}

bool accepts(const net::ServerRequest& request, const std::string& mediaType) {
    bool any = false;
    for (const auto& [name, value] : request.headers.fields()) {
        if (!net::equalsIgnoreCase(name, "Accept")) continue;
        any = any || value.find("*/*") != std::string::npos;
        if (value.find(mediaType) != std::string::npos) return true;
    }
    // As recorded: without a fitting Accept the registry refuses OCI types, and */* does not fit.
    (void)any;
    return false;
}

net::ServerResponse content(const Blob& blob, const net::ServerRequest& request, bool forEver) {
    const std::string etag = "\"" + blob.digest + "\"";
    net::ServerResponse response = answer(200, forEver ? "application/octet-stream" : blob.mediaType, blob.bytes);
    response.headers.add("Docker-Content-Digest", blob.digest);
    response.headers.add("Etag", etag);
    if (forEver) response.headers.add("Cache-Control", "max-age=31536000");
    if (request.headers.find("If-None-Match").value_or("") == etag) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

}  // namespace

net::ServerResponse answerRegistry(const ImageRegistry& registry, const net::ServerRequest& request) {
    const std::string& path = request.path;
    if (request.method != net::Method::Get && request.method != net::Method::Head) {
        net::ServerResponse response = answer(405, "text/plain; charset=utf-8", "Method not allowed\n");
        response.headers.add("Allow", "GET");
        response.headers.add("X-Content-Type-Options", "nosniff");
        return response;
    }
    const Query query(request.query);
    if (path == "/v2/" || path == "/v2") return answer(200, "application/json; charset=utf-8", "{}");
    if (path == "/v2/_catalog") return page(registry.repositories(), query, path, "repositories", Json::object());
    if (!path.starts_with("/v2/")) return answer(404, "text/plain; charset=utf-8", "404 page not found\n");

    const std::string rest = path.substr(4);
    for (const std::string_view action : {"/tags/list", "/manifests/", "/blobs/"}) {
        const std::size_t at = rest.rfind(action);
        if (at == std::string::npos) continue;
        const std::string name = rest.substr(0, at);
        const std::string reference = net::percentDecode(rest.substr(at + action.size()));
        if (!registry.hasRepository(name))
            return refusal(404, "NAME_UNKNOWN", "repository name not known to registry", {{"name", name}});
        if (action == "/tags/list") return page(*registry.tags(name), query, path, "tags", {{"name", name}});
        if (action == "/blobs/") {
            const BlobPtr blob = registry.blob(name, reference);
            return blob ? content(*blob, request, true)
                        : refusal(404, "BLOB_UNKNOWN", "blob unknown to registry", {{"digest", reference}});
        }
        const BlobPtr manifest = registry.manifest(name, reference);
        if (!manifest) return refusal(404, "MANIFEST_UNKNOWN", "manifest unknown", {{"Tag", reference}});
        if (!accepts(request, manifest->mediaType)) {
            const bool index = manifest->mediaType.find("index") != std::string::npos;
            return refusal(404, "MANIFEST_UNKNOWN",
                           index ? "OCI index found, but accept header does not support OCI indexes"
                                 : "OCI manifest found, but accept header does not support OCI manifests",
                           nullptr);
        }
        return content(*manifest, request, false);
    }
    return answer(404, "text/plain; charset=utf-8", "404 page not found\n");
}

}  // namespace cerebral::demo
