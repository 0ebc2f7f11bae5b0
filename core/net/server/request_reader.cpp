#include "core/net/server/request_reader.h"

#include <sys/mman.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>
#include <utility>

#include "core/net/server/response_text.h"

namespace cerebral::net {
namespace {

namespace http = boost::beast::http;
using BeastError = boost::beast::error_code;
using BeastView = boost::beast::string_view;

/// Above it a body of unknown length gets its whole room at once: address space, not memory, and
/// doubling a 16 MiB string would hold it twice for a moment.
constexpr std::size_t kGrowByDoublingBelow = 1024U * 1024U;

/// Parsers that read whole vectors look a little past the end; with room there they need no copy of 25 MB.
constexpr std::size_t kParserRoom = 64;

/// Below it a body is not worth a whole huge page (2 MiB on x86-64 and most of arm64).
constexpr std::size_t kHugePage = 2U * 1024U * 1024U;

/// Makes room for a body. Each small page of it costs a fault when it is first written, which for 25 MB takes
/// longer than its MAC; huge pages, where the kernel has them, cost a few.
void makeRoom(std::string& body, std::size_t bytes) {
    body.reserve(bytes);
    if (body.capacity() < 2 * kHugePage) return;
    const auto begin = reinterpret_cast<std::uintptr_t>(body.data());
    const std::uintptr_t first = (begin + kHugePage - 1) & ~(kHugePage - 1);
    const std::uintptr_t last = (begin + body.capacity()) & ~(kHugePage - 1);
    // Advice: where it is not taken all works as before.
    (void)::madvise(body.data() + (first - begin), last - first, MADV_HUGEPAGE);
}

std::string_view toStd(BeastView view) {
    return {view.data(), view.size()};
}

Method methodOf(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::Get;
        case http::verb::head:
            return Method::Head;
        case http::verb::post:
            return Method::Post;
        case http::verb::put:
            return Method::Put;
        case http::verb::patch:
            return Method::Patch;
        case http::verb::delete_:
            return Method::Delete;
        case http::verb::options:
            return Method::Options;
        default:
            return Method::Other;
    }
}

}  // namespace

class RequestReader::Parser final : public http::basic_parser<true> {
public:
    explicit Parser(const ServerLimits& limits) : limits_(limits) {
        eager(false);
        header_limit(static_cast<std::uint32_t>(limits.maxHeaderBytes));
        body_limit(limits.maxBodyBytes);
    }

    ServerRequest request;
    std::string target;
    int version = 11;
    bool tooManyFields = false;

    /// What comes next is the header of a chunk, or the last one with the trailers.
    [[nodiscard]] bool atChunkHeader() const noexcept { return is_header_done() && chunked() && chunkLeft_ == 0; }

private:
    void on_request_impl(http::verb verb, BeastView method, BeastView targetText, int versionNumber,
                         BeastError&) override {
        request.method = methodOf(verb);
        request.methodText = toStd(method);
        target = toStd(targetText);
        version = versionNumber;
    }
    void on_response_impl(int, BeastView, int, BeastError&) override {}
    void on_field_impl(http::field, BeastView name, BeastView value, BeastError& error) override {
        if (is_header_done()) return;  // trailers are read for their framing and dropped
        if (request.headers.fields().size() >= limits_.maxHeaderFields) {
            tooManyFields = true;
            error = http::error::header_limit;
            return;
        }
        request.headers.add(std::string(toStd(name)), std::string(toStd(value)));
    }
    void on_header_impl(BeastError&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, BeastError&) override {
        if (length) makeRoom(request.body, static_cast<std::size_t>(*length) + kParserRoom);
    }
    std::size_t on_body_impl(BeastView bytes, BeastError&) override {
        takeBody(bytes);
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t size, BeastView, BeastError&) override { chunkLeft_ = size; }
    std::size_t on_chunk_body_impl(std::uint64_t, BeastView bytes, BeastError&) override {
        chunkLeft_ -= bytes.size();
        if (request.body.size() > kGrowByDoublingBelow && request.body.capacity() < limits_.maxBodyBytes) {
            makeRoom(request.body, limits_.maxBodyBytes + kParserRoom);
        }
        takeBody(bytes);
        return bytes.size();
    }
    void takeBody(BeastView bytes) {
        request.body.append(bytes.data(), bytes.size());
        for (HmacSha256& mac : request.bodyMacs) mac.add(toStd(bytes));
    }
    void on_finish_impl(BeastError&) override {}

    const ServerLimits limits_;
    std::uint64_t chunkLeft_ = 0;
};

RequestReader::RequestReader(const ServerLimits& limits)
    : limits_(limits), parser_(std::make_unique<Parser>(limits)) {}
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;
RequestReader::~RequestReader() = default;

std::size_t RequestReader::maxLookahead() const noexcept {
    return limits_.maxHeaderBytes;
}
ServerRequest& RequestReader::request() noexcept {
    return parser_->request;
}
ServerRequest RequestReader::take() {
    return std::move(parser_->request);
}
const Refusal& RequestReader::refusal() const noexcept {
    return refusal_;
}
std::size_t RequestReader::bodyBytes() const noexcept {
    return parser_->request.body.size();
}
bool RequestReader::keepAlive() const {
    return parser_->keep_alive();
}
bool RequestReader::http11() const noexcept {
    return parser_->version >= 11;
}
bool RequestReader::expectsBody() const {
    return !parser_->is_done();
}
bool RequestReader::expectsContinue() const noexcept {
    return expectsContinue_;
}

RequestReader::Step RequestReader::refuse(int status, std::string reason) {
    refusal_ = {status, std::move(reason)};
    return Step::Refused;
}

/// Beast waits for CR LF CR LF for ever when every line of a header ends in a bare LF.
bool RequestReader::hasBareLineFeed(std::string_view unread) {
    for (std::size_t at = scanned_; at < unread.size(); ++at) {
        if (unread[at] == '\n' && (at == 0 || unread[at - 1] != '\r')) return true;
    }
    scanned_ = unread.size();
    return false;
}

RequestReader::Step RequestReader::onHeaderRead() {
    headerGiven_ = true;
    ServerRequest& request = parser_->request;
    const RequestHead head{parser_->version, request.methodText, parser_->target, request.headers};
    if (auto refusal = checkFraming(head, limits_.maxHeaderFields)) {
        refusal_ = std::move(*refusal);
        return Step::Refused;
    }
    const std::size_t mark = parser_->target.find('?');
    request.path = parser_->target.substr(0, mark);
    if (mark != std::string::npos) request.query = parser_->target.substr(mark + 1);
    if (const auto expect = request.headers.find("Expect"); expect && http11()) {
        if (!equalsIgnoreCase(*expect, "100-continue"))
            return refuse(417, "the only supported Expect is 100-continue");
        expectsContinue_ = expectsBody();
    }
    return Step::Header;
}

RequestReader::Step RequestReader::feed(std::string_view& input) {
    for (;;) {
        if (headerGiven_ && parser_->is_done()) return Step::Complete;
        if (input.empty()) return Step::NeedMore;
        // Beast asserts that of a last chunk which is the first one too as many bytes are there at once.
        const bool lastChunk = parser_->atChunkHeader() && input.front() == kLastChunk.front();
        if (lastChunk && input.size() < kLastChunk.size()) return Step::NeedMore;

        BeastError error;
        const bool inHeader = !parser_->is_header_done();
        // Of chunks the parser sees no more at once than a chunk's header or the trailers may take: whether
        // those are too long must not depend on how much happened to arrive together.
        const bool windowed = !inHeader && parser_->chunked();
        const std::size_t shown = windowed ? std::min(input.size(), maxLookahead()) : input.size();
        const std::size_t used = parser_->put(boost::asio::const_buffer(input.data(), shown), error);
        input.remove_prefix(used);
        if (inHeader) {
            headerBytes_ += used;
            // Beast counts each field alone; the limit is meant for the header as a whole.
            const std::size_t pending = parser_->is_header_done() ? 0 : input.size();
            if (headerBytes_ + pending > limits_.maxHeaderBytes) error = http::error::header_limit;
        }
        if (error == http::error::need_more) {
            scanned_ -= std::min(scanned_, used);
            if (!parser_->is_header_done() && hasBareLineFeed(input))
                return refuse(400, "a line ends in LF without CR");
            if (used > 0 && !input.empty() && shown < used + input.size()) continue;
            if (input.size() >= maxLookahead()) return refuse(400, "chunk extensions or trailers are too long");
            return Step::NeedMore;
        }
        if (error == http::error::header_limit) {
            return parser_->tooManyFields
                       ? refuse(431, "more than " + std::to_string(limits_.maxHeaderFields) + " header fields")
                       : refuse(431,
                                "the header is larger than " + std::to_string(limits_.maxHeaderBytes) + " bytes");
        }
        if (error == http::error::body_limit) {
            return refuse(413, "the body is larger than " + std::to_string(limits_.maxBodyBytes) + " bytes");
        }
        if (error) return refuse(400, "malformed HTTP: " + error.message());
        if (!headerGiven_ && parser_->is_header_done()) return onHeaderRead();
    }
}

}  // namespace cerebral::net
