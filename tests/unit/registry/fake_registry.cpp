#include "tests/unit/registry/fake_registry.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/encoding.h"
#include "core/net/url.h"
#include "core/registry/content.h"

namespace cerebral::test {
namespace {

net::ServerResponse make(int status, std::string body, std::string type = "application/json") {
    return {status, {{"Content-Type", std::move(type)}}, std::move(body), false};
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
}

std::string queryValue(const net::ServerRequest& request, std::string_view name) {
    for (const auto& [key, value] : net::parseQuery(request.query)) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

std::string digestOf(const std::string& bytes) {
    return "sha256:" + sha256Hex(bytes);
}

FakeRegistry::FakeRegistry() {
    net::ServerCallbacks callbacks;
    callbacks.onRequest = [this](const net::ServerRequest& request, const net::Responder& responder) {
        responder.send(answer(request));
    };
    server_ = std::move(net::HttpServer::start({}, std::move(callbacks), *log_).value());
}

std::string FakeRegistry::put(const std::string& repository, const std::string& mediaType, const std::string& bytes) {
    const std::scoped_lock lock(mutex_);
    std::string digest = digestOf(bytes);
    tags_[repository];
    documents_[digest] = {mediaType, bytes};
    return digest;
}

void FakeRegistry::tag(const std::string& repository, const std::string& name, const std::string& digest) {
    const std::scoped_lock lock(mutex_);
    tags_[repository][name] = digest;
}

void FakeRegistry::untag(const std::string& repository, const std::string& name) {
    const std::scoped_lock lock(mutex_);
    tags_[repository].erase(name);
}

void FakeRegistry::forget(const std::string& digest) {
    const std::scoped_lock lock(mutex_);
    documents_.erase(digest);
}

std::string FakeRegistry::putImage(const std::string& repository, const std::string& architecture,
                                   const std::vector<std::string>& layers, const std::string& revision) {
    std::vector<std::string> stored;
    std::vector<std::string> diffs;
    for (const std::string& layer : layers) {
        stored.push_back(R"({"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":1000,"digest":")" +
                         digestOf(layer) + "\"}");
        diffs.push_back(quoted(digestOf("plain " + layer)));
    }
    const std::string config = R"({"architecture":")" + architecture +
                               R"(","os":"linux","created":"2026-11-23T07:02:36.367258492Z","rootfs":{"diff_ids":[)" +
                               joined(diffs) + R"(]},"config":{"Labels":{"org.opencontainers.image.revision":")" +
                               revision + R"("}}})";
    const std::string configDigest = put(repository, "application/octet-stream", config);
    return put(repository, std::string(registry::kOciManifest),
               R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":)"
               R"("application/vnd.oci.image.config.v1+json","size":500,"digest":")" +
                   configDigest + R"("},"layers":[)" + joined(stored) + "]}");
}

std::string FakeRegistry::putIndex(const std::string& repository,
                                   const std::map<std::string, std::string>& byArchitecture, bool attestation) {
    std::vector<std::string> entries;
    const auto add = [&](const std::string& os, const std::string& architecture, const std::string& digest) {
        entries.push_back(R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,"digest":")" +
                          digest + R"(","platform":{"architecture":")" + architecture + R"(","os":")" + os + "\"}}");
    };
    for (const auto& [architecture, digest] : byArchitecture) add("linux", architecture, digest);
    if (attestation) add("unknown", "unknown", digestOf("attestation"));
    return put(repository, std::string(registry::kOciIndex),
               R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
                   joined(entries) + "]}");
}

std::vector<std::string> FakeRegistry::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

int FakeRegistry::count(const std::string& beginning) const {
    const auto all = requests();
    return static_cast<int>(std::count_if(
        all.begin(), all.end(), [&](const std::string& request) { return request.starts_with(beginning); }));
}

void FakeRegistry::clearRequests() {
    const std::scoped_lock lock(mutex_);
    requests_.clear();
}

bool FakeRegistry::allowed(const net::ServerRequest& request) const {
    const std::string given(request.headers.find("Authorization").value_or(""));
    switch (auth) {
        case Auth::None:
            return true;
        case Auth::Basic:
            return given == "Basic " + toBase64(user + ":" + password);
        case Auth::Bearer:
            return given.starts_with("Bearer token-");
    }
    return false;
}

net::ServerResponse FakeRegistry::challenge(const net::ServerRequest& request) const {
    net::ServerResponse refusal =
        make(401, R"({"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]})");
    if (auth == Auth::Basic) {
        refusal.headers.add("WWW-Authenticate", R"(Basic realm="Registry Realm")");
        return refusal;
    }
    std::string scope;
    if (request.path == "/v2/_catalog") {
        scope = "registry:catalog:*";
    } else if (const auto end = request.path.find("/tags/"); end != std::string::npos) {
        scope = "repository:" + request.path.substr(4, end - 4) + ":pull";
    } else if (const auto at = request.path.find("/manifests/"); at != std::string::npos) {
        scope = "repository:" + request.path.substr(4, at - 4) + ":pull";
    }
    refusal.headers.add("WWW-Authenticate",
                        "Bearer realm=\"" + (realm.empty() ? "http://" + host() + "/token" : realm) +
                            "\",service=\"fake\"" + (scope.empty() ? "" : ",scope=\"" + scope + "\""));
    return refusal;
}

net::ServerResponse FakeRegistry::names(const net::ServerRequest& request, const std::string& key,
                                        const std::vector<std::string>& all) const {
    const std::string last = queryValue(request, "last");
    auto begin = last.empty() ? all.begin() : std::upper_bound(all.begin(), all.end(), last);
    auto end = all.end();
    const bool more = pageSize > 0 && end - begin > pageSize;
    if (more) end = begin + pageSize;
    std::vector<std::string> page;
    for (auto it = begin; it != end; ++it) page.push_back(quoted(*it));
    net::ServerResponse response = make(200, "{" + quoted(key) + ":[" + joined(page) + "]}");
    if (more) {
        response.headers.add("Link", "<" + request.path + "?last=" + net::percentEncode(*(end - 1)) +
                                         "&n=" + std::to_string(pageSize) + ">; rel=\"next\"");
    }
    return response;
}

net::ServerResponse FakeRegistry::document(const net::ServerRequest& request, const std::string& repository,
                                           const std::string& reference) {
    const auto tagged = tags_[repository].find(reference);
    const std::string digest = tagged == tags_[repository].end() ? reference : tagged->second;
    const auto found = documents_.find(digest);
    if (found == documents_.end()) {
        return make(404, R"({"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]})");
    }
    net::ServerResponse response = make(200, found->second.bytes, found->second.mediaType);
    if (digestHeaders) {
        response.headers.add("Docker-Content-Digest", digest);
        response.headers.add("Etag", quoted(digest));
        if (request.headers.find("If-None-Match").value_or("") == quoted(digest)) {
            response.status = 304;
            response.body.clear();
        }
    }
    return response;
}

net::ServerResponse FakeRegistry::registryAnswer(const net::ServerRequest& request) {
    if (instead) {
        if (auto other = instead(request); other.status != 0) return other;
    }
    if (request.path == "/token") {
        const std::string given(request.headers.find("Authorization").value_or(""));
        const bool refresh = request.body.find("refresh_token=" + password) != std::string::npos;
        if (given != "Basic " + toBase64(user + ":" + password) && !refresh) return make(401, "{}");
        return make(200, R"({"token":"token-)" + std::to_string(++tokens_) + R"(","expires_in":)" +
                             std::to_string(tokenLifetime) + "}");
    }
    if (!allowed(request)) return challenge(request);
    if (request.path == "/v2/") return make(200, "{}");
    if (request.path == "/v2/_catalog") {
        if (forbidCatalog) return make(403, R"({"errors":[{"code":"DENIED","message":"no listing"}]})");
        std::vector<std::string> all;
        for (const auto& [name, tags] : tags_) all.push_back(name);
        return names(request, "repositories", all);
    }
    const std::string rest = request.path.substr(std::min<std::size_t>(4, request.path.size()));
    for (const std::string action : {"/tags/list", "/manifests/", "/blobs/"}) {
        const std::size_t at = rest.find(action);
        if (at == std::string::npos) continue;
        const std::string repository = rest.substr(0, at);
        if (!tags_.contains(repository)) {
            return make(404, R"({"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known"}]})");
        }
        if (action == "/tags/list") {
            std::vector<std::string> all;
            for (const auto& [name, digest] : tags_[repository]) all.push_back(name);
            return names(request, "tags", all);
        }
        if (action == "/blobs/" && !redirectBlobsTo.empty()) {
            return {307, {{"Location", redirectBlobsTo + request.path}}, "", false};
        }
        return document(request, repository, rest.substr(at + action.size()));
    }
    return make(404, "{}");
}

net::ServerResponse FakeRegistry::answer(const net::ServerRequest& request) {
    const std::scoped_lock lock(mutex_);
    lastAuthorization = std::string(request.headers.find("Authorization").value_or(""));
    net::ServerResponse response = registryAnswer(request);
    requests_.push_back(request.methodText + " " + request.path + " " + std::to_string(response.status));
    return response;
}

}  // namespace cerebral::test
