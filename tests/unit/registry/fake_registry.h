#pragma once
/// @file FakeRegistry: a small registry v2 over real HTTP that behaves, or misbehaves, as a test says.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/net/server/http_server.h"

namespace cerebral::test {

/// "sha256:…" of the bytes.
[[nodiscard]] std::string digestOf(const std::string& bytes);

class FakeRegistry {
public:
    enum class Auth : std::uint8_t { None, Basic, Bearer };

    FakeRegistry();

    /// Stores a document; returns its digest.
    std::string put(const std::string& repository, const std::string& mediaType, const std::string& bytes);
    void tag(const std::string& repository, const std::string& name, const std::string& digest);
    void untag(const std::string& repository, const std::string& name);
    /// An image of one platform with a configuration; returns its manifest's digest.
    std::string putImage(const std::string& repository, const std::string& architecture,
                         const std::vector<std::string>& layers, const std::string& revision = {});
    std::string putIndex(const std::string& repository, const std::map<std::string, std::string>& byArchitecture,
                         bool attestation = false);
    void forget(const std::string& digest);

    [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_->port()); }
    /// "GET /v2/… 200", in order.
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] int count(const std::string& beginning) const;
    void clearRequests();

    // Set before asking.
    Auth auth = Auth::None;
    std::string user = "ada";
    std::string password = "secret";
    std::string realm;  ///< empty: this server's /token
    int tokenLifetime = 300;
    int pageSize = 0;
    bool digestHeaders = true;
    bool forbidCatalog = false;
    std::string redirectBlobsTo;  ///< "http://host:port"
    /// Answers instead of the registry when it returns a status other than 0.
    std::function<net::ServerResponse(const net::ServerRequest&)> instead;
    std::string lastAuthorization;  ///< of the last request

private:
    net::ServerResponse answer(const net::ServerRequest& request);
    net::ServerResponse registryAnswer(const net::ServerRequest& request);
    net::ServerResponse names(const net::ServerRequest& request, const std::string& key,
                              const std::vector<std::string>& all) const;
    net::ServerResponse document(const net::ServerRequest& request, const std::string& repository,
                                 const std::string& reference);
    [[nodiscard]] bool allowed(const net::ServerRequest& request) const;
    [[nodiscard]] net::ServerResponse challenge(const net::ServerRequest& request) const;

    struct Document {
        std::string mediaType;
        std::string bytes;
    };
    mutable std::mutex mutex_;
    std::map<std::string, std::map<std::string, std::string>> tags_;
    std::map<std::string, Document> documents_;
    std::vector<std::string> requests_;
    int tokens_ = 0;
    std::unique_ptr<Logger> log_ = makeNullLogger();
    std::unique_ptr<net::HttpServer> server_;
};

}  // namespace cerebral::test
