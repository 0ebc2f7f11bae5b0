#include "core/net/curl_error.h"

namespace cerebral::net {
namespace {

bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}

/// With TLS 1.3 a server refuses a client certificate after the handshake, so libcurl reports a
/// failed read; a handshake cut by a restarting server, on the other hand, is no certificate trouble.
bool isTlsAlert(std::string_view detail) noexcept {
    return contains(detail, "SSL") && contains(detail, "alert");
}
bool isBrokenHandshake(std::string_view detail) noexcept {
    return contains(detail, "SSL_ERROR_SYSCALL") || contains(detail, "Connection reset") ||
           contains(detail, "Broken pipe") || contains(detail, "unexpected eof");
}

ErrorKind kindOf(CURLcode code, std::string_view detail, bool requestSent) noexcept {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_PROXY:
        case CURLE_INTERFACE_FAILED:
            return ErrorKind::Unreachable;

        case CURLE_OPERATION_TIMEDOUT:
            return requestSent ? ErrorKind::Timeout : ErrorKind::Unreachable;

        case CURLE_SSL_CONNECT_ERROR:
            return isBrokenHandshake(detail) ? ErrorKind::Unreachable : ErrorKind::Tls;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CRL_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_CLIENTCERT:
        case CURLE_SSL_ENGINE_NOTFOUND:
        case CURLE_SSL_ENGINE_SETFAILED:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_USE_SSL_FAILED:
            return ErrorKind::Tls;

        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            if (isTlsAlert(detail)) return ErrorKind::Tls;
            return requestSent ? ErrorKind::ConnectionLost : ErrorKind::Unreachable;
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_SEND_FAIL_REWIND:
        case CURLE_AGAIN:
            return requestSent ? ErrorKind::ConnectionLost : ErrorKind::Unreachable;

        case CURLE_WRITE_ERROR:  // our own refusals are told apart before; what is left is a broken gzip stream
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:  // an answer that is not HTTP/1 or 2
        case CURLE_URL_MALFORMAT:
            return ErrorKind::Malformed;

        case CURLE_FILESIZE_EXCEEDED:
            return ErrorKind::LimitExceeded;
        case CURLE_ABORTED_BY_CALLBACK:
            return ErrorKind::Cancelled;
        default:
            return ErrorKind::Io;
    }
}

}  // namespace

Error curlError(CURLcode code, std::string_view detail, bool requestSent, std::string_view server) {
    Error error;
    error.kind = kindOf(code, detail, requestSent);
    error.message = server;
    error.message += ": ";
    // libcurl quotes a bad proxy URL whole, and that may carry a password.
    const bool quotesProxy = contains(detail, "proxy") && contains(detail, "'");
    error.message += detail.empty() || quotesProxy ? std::string_view(curl_easy_strerror(code)) : detail;
    return error;
}

}  // namespace cerebral::net
