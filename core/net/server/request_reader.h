#pragma once
/// @file RequestReader: bytes in, one HTTP/1.1 request or one refusal out. No sockets, no clock.
///
/// Wraps Boost.Beast's parser with the limits and the framing rules, so that everything an attacker's
/// bytes can do to the server is testable and fuzzable without a network. One reader reads one request.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/server/framing_rules.h"
#include "core/net/server/http_server.h"

namespace cerebral::net {

class RequestReader {
public:
    enum class Step : std::uint8_t {
        NeedMore,  ///< nothing more can be done with these bytes; present the unconsumed rest again, longer
        Header,    ///< once, when the header was read and passed: the owner may answer before the body
        Complete,  ///< `take()` holds the request
        Refused,   ///< `refusal()`; the connection must be closed after the answer
    };

    explicit RequestReader(const ServerLimits& limits);
    RequestReader(RequestReader&&) noexcept;
    RequestReader& operator=(RequestReader&&) noexcept;
    ~RequestReader();

    /// Consumes a prefix of `input`. Bytes left over belong to the next call or the next request.
    /// With NeedMore less than `maxLookahead()` is left.
    [[nodiscard]] Step feed(std::string_view& input);

    /// The longest unconsumed rest that still makes sense: a header, a chunk's extension or trailers.
    [[nodiscard]] std::size_t maxLookahead() const noexcept;

    /// Complete in all but the body after Step::Header.
    [[nodiscard]] ServerRequest& request() noexcept;
    [[nodiscard]] ServerRequest take();
    [[nodiscard]] const Refusal& refusal() const noexcept;

    [[nodiscard]] std::size_t bodyBytes() const noexcept;
    [[nodiscard]] bool keepAlive() const;
    [[nodiscard]] bool http11() const noexcept;
    /// After Step::Header: body bytes are still to come.
    [[nodiscard]] bool expectsBody() const;
    [[nodiscard]] bool expectsContinue() const noexcept;

private:
    class Parser;
    Step refuse(int status, std::string reason);
    Step onHeaderRead();

    ServerLimits limits_;
    std::unique_ptr<Parser> parser_;
    Refusal refusal_;
    [[nodiscard]] bool hasBareLineFeed(std::string_view unread);

    std::size_t headerBytes_ = 0;
    std::size_t scanned_ = 0;  ///< bytes of the unread header already searched for a bare LF
    bool headerGiven_ = false;
    bool expectsContinue_ = false;
};

}  // namespace cerebral::net
