#pragma once
/// @file RegistryClient: the reading half of the registry API (distribution spec 1.1), v2 of Docker's.
///
/// Blocks the calling thread; thread-safe. Digest-addressed answers are checked against their digest.
/// Credentials go to the registry itself and to its token server, and there only encrypted, unless it is
/// the same host; redirects are followed without them. A 401 is answered once.
/// Limits: 4 MiB a document, 1,000 pages, 100,000 names.

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/net/http_transport.h"
#include "core/registry/content.h"
#include "core/registry/docker_config.h"

namespace cerebral::registry {

/// Asked when the registry wants credentials, at most once a minute. Thread-safe.
using CredentialSource = std::function<Result<RegistryCredentials>(std::stop_token)>;

struct RegistryAccess {
    std::string host;        ///< "10.34.0.202:5000"
    bool plainHttp = false;  ///< only where somebody said so; localhost and 127.0.0.1 need no word
    std::shared_ptr<const net::TlsOptions> tls;
    CredentialSource credentials;  ///< empty: anonymous
};

/// What a HEAD tells.
struct TagHead {
    bool unchanged = false;  ///< 304: still the digest that was asked about
    std::string digest;      ///< empty when the registry does not say (the header is optional)
    std::string mediaType;
    std::int64_t size = 0;
};

struct ManifestAnswer {
    std::string digest;
    Manifest manifest;
};

class RegistryAuth;

class RegistryClient {
public:
    /// `transport` and `clock` must outlive the client.
    RegistryClient(net::HttpTransport& transport, RegistryAccess access, const Clock& clock);
    ~RegistryClient();
    RegistryClient(RegistryClient&&) noexcept;

    [[nodiscard]] const std::string& host() const noexcept;

    /// It is there, speaks v2 and accepts the credentials.
    Result<void> ping(std::stop_token stop);
    /// Every repository; Forbidden and Unauthorized are common: then names must be known.
    Result<std::vector<std::string>> catalog(std::stop_token stop);
    /// In the registry's order. A repository whose last tag went may be empty or NotFound.
    Result<std::vector<std::string>> tags(std::string_view repository, std::stop_token stop);
    /// `knownDigest` may be empty. NotFound when there is no such tag.
    Result<TagHead> head(std::string_view repository, std::string_view reference, std::string_view knownDigest,
                         std::stop_token stop);
    /// `reference`: a tag or a digest.
    Result<ManifestAnswer> manifest(std::string_view repository, std::string_view reference, std::stop_token stop);
    Result<ImageConfig> config(std::string_view repository, std::string_view digest, std::stop_token stop);

private:
    Result<net::HttpResponse> send(net::HttpRequest request, const std::string& scope, std::stop_token stop);
    Result<net::HttpResponse> get(const std::string& path, const std::string& scope, net::Headers headers,
                                  std::stop_token stop);
    Result<std::vector<std::string>> names(const std::string& path, std::string_view key, const std::string& scope,
                                           std::stop_token stop);

    net::HttpTransport& transport_;
    std::unique_ptr<const RegistryAccess> access_;  ///< the address must not change: auth_ refers to it
    std::string baseUrl_;
    std::unique_ptr<RegistryAuth> auth_;
};

/// "scheme://host" of a registry: plain HTTP where allowed or local, else HTTPS.
[[nodiscard]] std::string registryUrl(const RegistryAccess& access);

}  // namespace cerebral::registry
