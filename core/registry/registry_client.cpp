#include "core/registry/registry_client.h"

#include <algorithm>
#include <charconv>

#include "core/base/digest.h"
#include "core/base/plain_text.h"
#include "core/kube/json_fields.h"
#include "core/net/url.h"
#include "core/registry/link_header.h"
#include "core/registry/registry_auth.h"
#include "core/registry/registry_error.h"

namespace cerebral::registry {
namespace {

namespace json = kube::json;

constexpr std::size_t kMaxDocument = 4U * 1024U * 1024U;
constexpr int kMaxPages = 1000;
constexpr std::size_t kMaxNames = 100'000;
constexpr int kMaxRedirects = 5;

std::string pullScope(std::string_view repository) {
    return "repository:" + std::string(repository) + ":pull";
}

/// distribution reference grammar, loosely: enough that a name cannot become another path.
bool isRepository(std::string_view name) {
    if (name.empty() || name.size() > 255 || name.front() == '/' || name.back() == '/') return false;
    if (name.find("//") != std::string_view::npos || name.find("..") != std::string_view::npos) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '/' || c == '-' || c == '_' || c == '.';
    });
}

bool isReference(std::string_view reference) {
    if (isDigest(reference)) return true;
    return !reference.empty() && reference.size() <= 128 && reference.front() != '.' && reference.front() != '-' &&
           std::all_of(reference.begin(), reference.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                      c == '_' || c == '.';
           });
}

Result<void> checkNames(std::string_view repository, std::string_view reference) {
    if (!isRepository(repository)) {
        return fail(ErrorKind::Invalid, "\"" + plainLine(repository, 80) + "\" is no repository name");
    }
    if (!isReference(reference)) {
        return fail(ErrorKind::Invalid, "\"" + plainLine(reference, 80) + "\" is neither a tag nor a digest");
    }
    return {};
}

/// Without the OCI types 2.8 answers 404, without Docker's it converts to schema 1.
net::Headers acceptManifests() {
    net::Headers headers;
    for (const std::string_view type : {kOciIndex, kDockerList, kOciManifest, kDockerManifest}) {
        headers.add("Accept", std::string(type));
    }
    return headers;
}

std::string headerOr(const net::HttpResponse& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

/// The digest of what was answered; Malformed when the bytes are not what the registry says they are.
Result<std::string> verifiedDigest(const net::HttpResponse& response, std::string_view asked) {
    const std::string actual = "sha256:" + sha256Hex(response.body);
    const std::string claimed = headerOr(response, "Docker-Content-Digest");
    if ((isDigest(asked) && asked != actual) || (isDigest(claimed) && claimed != actual)) {
        return fail(ErrorKind::Malformed, "the registry's answer is not what its digest promises");
    }
    return actual;
}

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isLocal(std::string_view host) {
    return host.starts_with("localhost:") || host == "localhost" || host.starts_with("127.") ||
           host.starts_with("[::1]");
}

}  // namespace

std::string registryUrl(const RegistryAccess& access) {
    return (access.plainHttp || isLocal(access.host) ? "http://" : "https://") + access.host;
}

RegistryClient::RegistryClient(net::HttpTransport& transport, RegistryAccess access, const Clock& clock)
    : transport_(transport),
      access_(std::make_unique<RegistryAccess>(std::move(access))),
      baseUrl_(registryUrl(*access_)),
      auth_(std::make_unique<RegistryAuth>(transport, *access_, clock)) {}
RegistryClient::~RegistryClient() = default;
RegistryClient::RegistryClient(RegistryClient&&) noexcept = default;

const std::string& RegistryClient::host() const noexcept {
    return access_->host;
}

Result<net::HttpResponse> RegistryClient::send(net::HttpRequest request, const std::string& scope,
                                               std::stop_token stop) {
    request.tls = access_->tls;
    request.maxBody = kMaxDocument;
    auth_->prepare(request, scope);
    auto response = transport_.send(request, stop);
    if (response && response->status == 401) {
        const auto worthIt = auth_->answer(*response, scope, stop);
        if (!worthIt) return fail(worthIt.error());
        if (*worthIt) {
            auth_->prepare(request, scope);
            response = transport_.send(request, stop);
        }
    }
    for (int hops = 0; response && isRedirect(response->status) && hops < kMaxRedirects; ++hops) {
        const auto from = net::Url::parse(request.url);
        const auto to = from ? from->resolve(headerOr(*response, "Location")) : from;
        if (!to) return fail(ErrorKind::Malformed, access_->host + " redirects to something that is no URL");
        if (from->scheme == "https" && to->scheme != "https") {
            return fail(ErrorKind::Tls, access_->host + " redirects from TLS to plain HTTP");
        }
        // To object storage, as a rule: a signed URL that wants no credentials and must not get any.
        net::HttpRequest next;
        next.method = request.method;
        next.headers = request.headers;
        next.maxBody = kMaxDocument;
        next.url = to->text();
        if (to->authority() == from->authority()) next.tls = request.tls;
        request = std::move(next);
        response = transport_.send(request, stop);
    }
    return response;
}

Result<net::HttpResponse> RegistryClient::get(const std::string& path, const std::string& scope, net::Headers headers,
                                              std::stop_token stop) {
    net::HttpRequest request;
    request.url = baseUrl_ + path;
    request.headers = std::move(headers);
    return send(std::move(request), scope, std::move(stop));
}

Result<void> RegistryClient::ping(std::stop_token stop) {
    const auto response = get("/v2/", "", {}, std::move(stop));
    if (!response) return fail(response.error());
    if (response->status == 200) return {};
    if (response->status == 404) {
        return fail(ErrorKind::Unsupported, access_->host + " answers, but is no registry of API version 2");
    }
    return fail(errorOf(*response, "asking " + access_->host));
}

Result<std::vector<std::string>> RegistryClient::names(const std::string& path, std::string_view key,
                                                       const std::string& scope, std::stop_token stop) {
    std::vector<std::string> all;
    net::HttpRequest request;
    request.url = baseUrl_ + path;
    for (int page = 0; page < kMaxPages; ++page) {
        const auto response = send(request, scope, stop);
        if (!response) return fail(response.error());
        if (response->status != 200) return fail(errorOf(*response, "listing " + path));
        simdjson::dom::parser parser;
        json::Element root;
        if (parser.parse(response->body).get(root) != simdjson::SUCCESS) {
            return fail(ErrorKind::Malformed, "listing " + path + ": not JSON");
        }
        // `tags` may be null, and a page may be empty and still not be the last.
        json::each(root, key, [&](json::Element element) {
            std::string_view name;
            if (element.get(name) == simdjson::SUCCESS && all.size() < kMaxNames) all.emplace_back(name);
        });
        const auto next = nextLink(headerOr(*response, "Link"));
        if (!next) return all;
        const auto here = net::Url::parse(request.url);
        const auto there = here ? here->resolve(*next) : here;
        if (!there || there->authority() != here->authority() || there->scheme != here->scheme) {
            return fail(ErrorKind::Malformed, "listing " + path + ": the next page is on another host");
        }
        if (there->text() == request.url) return all;
        request.url = there->text();
    }
    return fail(ErrorKind::LimitExceeded, "listing " + path + ": more than " + std::to_string(kMaxPages) + " pages");
}

Result<std::vector<std::string>> RegistryClient::catalog(std::stop_token stop) {
    return names("/v2/_catalog?n=1000", "repositories", "registry:catalog:*", std::move(stop));
}

Result<std::vector<std::string>> RegistryClient::tags(std::string_view repository, std::stop_token stop) {
    if (const auto checked = checkNames(repository, "x"); !checked) return fail(checked.error());
    return names("/v2/" + std::string(repository) + "/tags/list", "tags", pullScope(repository), std::move(stop));
}

Result<TagHead> RegistryClient::head(std::string_view repository, std::string_view reference,
                                     std::string_view knownDigest, std::stop_token stop) {
    if (const auto checked = checkNames(repository, reference); !checked) return fail(checked.error());
    net::HttpRequest request;
    request.method = net::Method::Head;
    request.url = baseUrl_ + "/v2/" + std::string(repository) + "/manifests/" + std::string(reference);
    request.headers = acceptManifests();
    if (!knownDigest.empty()) request.headers.add("If-None-Match", "\"" + std::string(knownDigest) + "\"");
    const auto response = send(std::move(request), pullScope(repository), std::move(stop));
    if (!response) return fail(response.error());
    TagHead head;
    if (response->status == 304) {
        head.unchanged = true;
        head.digest = knownDigest;
        return head;
    }
    if (response->status != 200) {
        return fail(errorOf(*response, "asking for " + std::string(repository) + ":" + std::string(reference)));
    }
    if (std::string digest = headerOr(*response, "Docker-Content-Digest"); isDigest(digest)) {
        head.digest = std::move(digest);
    }
    head.unchanged = !head.digest.empty() && head.digest == knownDigest;
    head.mediaType = net::mediaType(headerOr(*response, "Content-Type"));
    const std::string length = headerOr(*response, "Content-Length");
    std::from_chars(length.data(), length.data() + length.size(), head.size);
    return head;
}

Result<ManifestAnswer> RegistryClient::manifest(std::string_view repository, std::string_view reference,
                                                std::stop_token stop) {
    if (const auto checked = checkNames(repository, reference); !checked) return fail(checked.error());
    const auto response = get("/v2/" + std::string(repository) + "/manifests/" + std::string(reference),
                              pullScope(repository), acceptManifests(), std::move(stop));
    if (!response) return fail(response.error());
    const std::string doing = "reading " + std::string(repository) + ":" + std::string(reference);
    if (response->status != 200) return fail(errorOf(*response, doing));
    auto digest = verifiedDigest(*response, reference);
    if (!digest) return fail(std::move(digest.error()));
    auto manifest = parseManifest(response->body, headerOr(*response, "Content-Type"));
    if (!manifest) return fail(manifest.error().kind, doing + ": " + manifest.error().message);
    return ManifestAnswer{std::move(*digest), std::move(*manifest)};
}

Result<ImageConfig> RegistryClient::config(std::string_view repository, std::string_view digest,
                                           std::stop_token stop) {
    if (const auto checked = checkNames(repository, digest); !checked) return fail(checked.error());
    const auto response = get("/v2/" + std::string(repository) + "/blobs/" + std::string(digest),
                              pullScope(repository), {}, std::move(stop));
    if (!response) return fail(response.error());
    const std::string doing = "reading the configuration of " + std::string(repository);
    if (response->status != 200) return fail(errorOf(*response, doing));
    if (const auto verified = verifiedDigest(*response, digest); !verified) return fail(verified.error());
    return parseImageConfig(response->body);
}

}  // namespace cerebral::registry
