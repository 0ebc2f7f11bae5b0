#include "core/net/curl_request.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "core/net/url.h"

namespace cerebral::net {
namespace {

// Keepalive probes begin after 30 s of silence; unacknowledged bytes, probes included, kill the
// connection after another 30 s. So a peer that vanished (slept, lost its route) is noticed in a minute.
constexpr long kKeepIdleSeconds = 30;
constexpr long kKeepIntervalSeconds = 15;
constexpr unsigned int kUnacknowledgedMillis = 30'000;
constexpr long kReceiveBuffer = 64L * 1024;

int limitUnacknowledged(void*, curl_socket_t socket, curlsocktype) {
    // A refusal only costs speed of detection: UNIX sockets of a proxy, for one, have no such option.
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUnacknowledgedMillis, sizeof kUnacknowledgedMillis);
    return CURL_SOCKOPT_OK;
}

/// A CR or LF in a name or value would let data from outside add fields or requests.
bool breaksField(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isLoopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

tl::unexpected<Error> outOfMemory() {
    return fail(ErrorKind::Io, "no memory for an HTTP request");
}

Result<void> addHeaders(const HttpRequest& request, CurlRequest& out, const std::string& hostField) {
    for (const auto& [name, value] : request.headers.fields()) {
        if (name.empty() || breaksField(name) || breaksField(value) || name.find(':') != std::string::npos) {
            return fail(ErrorKind::Invalid, "a request header has a line break in it or no name");
        }
        // "Name;" is libcurl's spelling of a field without a value; "Name:" would remove it.
        std::string line = name;
        line.append(value.empty() ? ";" : ": ").append(value);
        if (!out.headers.append(line)) return outOfMemory();
    }
    const auto addUnlessGiven = [&](const char* name, const std::string& line) {
        return request.headers.count(name) != 0 || out.headers.append(line);
    };
    // Without these lines libcurl would claim a form, and wait a second for "100 Continue".
    if (!addUnlessGiven("Content-Type", "Content-Type:") || !addUnlessGiven("Expect", "Expect:") ||
        !addUnlessGiven("User-Agent", "User-Agent: cerebral-desk/" CEREBRAL_VERSION)) {
        return outOfMemory();
    }
    if (!hostField.empty() && !addUnlessGiven("Host", "Host: " + hostField)) return outOfMemory();
    return {};
}

void setMethodAndBody(const HttpRequest& request, CurlOptions& options) {
    const bool mayCarryBody =
        request.method == Method::Post || request.method == Method::Put || request.method == Method::Patch;
    if (mayCarryBody || !request.body.empty()) {
        options.set(CURLOPT_POST, 1L);
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        options.set(CURLOPT_POSTFIELDS, request.body.c_str());
    } else if (request.method == Method::Head) {
        options.set(CURLOPT_NOBODY, 1L);
        return;
    }
    options.set(CURLOPT_CUSTOMREQUEST, toString(request.method));
}

/// A Secret's bytes are a std::string's, so they end in NUL; a copy made here would stay behind in freed memory.
const char* text(const Secret& secret) noexcept {
    return secret.reveal().data();
}

void setCredentials(const HttpRequest& request, CurlOptions& options) {
    if (!request.bearerToken.empty()) {
        options.set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        options.set(CURLOPT_XOAUTH2_BEARER, text(request.bearerToken));
    } else if (!request.basicUser.empty() || !request.basicPassword.empty()) {
        options.set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        options.set(CURLOPT_USERNAME, request.basicUser.c_str());
        options.set(CURLOPT_PASSWORD, text(request.basicPassword));
    }
}

void setTls(const TlsOptions& tls, CurlOptions& options) {
    if (!tls.caPem.empty()) {
        options.setBlob(CURLOPT_CAINFO_BLOB, tls.caPem);
        // The system's folder of roots would be trusted beside the blob.
        options.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (!tls.clientCertPem.empty()) {
        options.setBlob(CURLOPT_SSLCERT_BLOB, tls.clientCertPem);
        options.set(CURLOPT_SSLCERTTYPE, "PEM");
    }
    if (!tls.clientKeyPem.empty()) {
        options.setBlob(CURLOPT_SSLKEY_BLOB, tls.clientKeyPem.reveal());
        options.set(CURLOPT_SSLKEYTYPE, "PEM");
    }
    if (tls.insecureSkipVerify) {
        options.set(CURLOPT_SSL_VERIFYPEER, 0L);
        options.set(CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

void setConnection(const HttpRequest& request, const Url& url, CurlOptions& options) {
    options.set(CURLOPT_NOSIGNAL, 1L);
    // A resolver that hangs must not hold the I/O thread when its request is cancelled.
    options.set(CURLOPT_QUICK_EXIT, 1L);
    options.set(CURLOPT_PROTOCOLS_STR, "http,https");
    options.set(CURLOPT_FOLLOWLOCATION, 0L);
    options.set(CURLOPT_PATH_AS_IS, 1L);
    options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    options.set(CURLOPT_BUFFERSIZE, kReceiveBuffer);
    options.set(CURLOPT_TCP_KEEPALIVE, 1L);
    options.set(CURLOPT_TCP_KEEPIDLE, kKeepIdleSeconds);
    options.set(CURLOPT_TCP_KEEPINTVL, kKeepIntervalSeconds);
    options.set(CURLOPT_SOCKOPTFUNCTION, limitUnacknowledged);
    options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTimeout.count()));
    options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));

    // HTTP/2 is only negotiated (ALPN): a plain-text server need not know the upgrade.
    const bool multiplexed = request.version == HttpVersion::Http2 && url.scheme == "https";
    options.set(CURLOPT_HTTP_VERSION,
                static_cast<long>(multiplexed ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    // Wait for the connection being made rather than open one each: 130 streams else took 31 connections.
    options.set(CURLOPT_PIPEWAIT, multiplexed ? 1L : 0L);
    if (request.acceptGzip) options.set(CURLOPT_ACCEPT_ENCODING, "gzip");

    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!request.proxyUrl.empty()) {
        options.set(CURLOPT_PROXY, request.proxyUrl.c_str());
    } else if (isLoopback(url.host)) {
        // The environment's proxy is for others than this machine, as in Go and so in kubectl.
        options.set(CURLOPT_PROXY, "");
    }
}

}  // namespace

Result<CurlRequest> makeCurlRequest(const HttpRequest& request) {
    auto url = Url::parse(request.url);
    if (!url) return fail(url.error());

    if (breaksField(request.bearerToken.reveal()))
        return fail(ErrorKind::Config, "the bearer token has a line break");

    CurlRequest out;
    out.server = url->scheme + "://" + url->authority();
    out.easy.reset(curl_easy_init());
    if (!out.easy) return outOfMemory();

    // libcurl has no option for the name to verify: the URL carries that name, the connection goes elsewhere.
    std::string hostField;
    Url target = *url;
    if (request.tls && !request.tls->serverName.empty() && url->scheme == "https" &&
        request.tls->serverName != url->host) {
        hostField = url->text().substr(url->scheme.size() + 3);
        hostField.resize(std::min(hostField.find_first_of("/?"), hostField.size()));
        target.host = request.tls->serverName;
        if (!Url::parse(target.text())) {
            return fail(ErrorKind::Config, "tls-server-name is not a host name");
        }
        if (!out.connectTo.append(target.authority() + ":" + url->authority())) return outOfMemory();
    }

    CurlOptions options(out.easy.get());
    options.set(CURLOPT_URL, target.text().c_str());
    options.set(CURLOPT_CONNECT_TO, out.connectTo.get());
    setConnection(request, *url, options);
    setMethodAndBody(request, options);
    setCredentials(request, options);
    if (request.tls) setTls(*request.tls, options);
    if (const auto added = addHeaders(request, out, hostField); !added) return fail(added.error());
    options.set(CURLOPT_HTTPHEADER, out.headers.get());

    if (options.result() != CURLE_OK) {
        return fail(ErrorKind::Io,
                    out.server + ": libcurl refused an option: " + curl_easy_strerror(options.result()));
    }
    return out;
}

}  // namespace cerebral::net
