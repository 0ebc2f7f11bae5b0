#include "core/net/curl_transport.h"

#include <exception>
#include <utility>

#include "core/net/curl_loop.h"
#include "core/net/stream_buffer.h"

namespace cerebral::net {
namespace {

/// Gathers a whole answer, up to the request's cap.
class Collector final : public StreamHandler {
public:
    explicit Collector(std::size_t maxBody) : maxBody_(maxBody) {}

    bool onHead(const HttpHead& head) override {
        response_.status = head.status;
        response_.headers = head.headers;
        return true;
    }
    bool onData(std::string_view chunk) override {
        // Counted after decompression: a gzip bomb ends here too.
        if (chunk.size() > maxBody_ - response_.body.size()) return false;
        response_.body.append(chunk);
        return true;
    }
    HttpResponse take() { return std::move(response_); }

private:
    std::size_t maxBody_;
    HttpResponse response_;
};

}  // namespace

CurlTransport::CurlTransport() : loop_(std::make_shared<CurlLoop>()) {}

CurlTransport::~CurlTransport() {
    loop_->shutDown();
}

Result<HttpResponse> CurlTransport::send(const HttpRequest& request, std::stop_token stop) {
    const std::shared_ptr<CurlLoop> loop = loop_;
    Collector collector(request.maxBody);
    CurlExchange exchange(request, collector);
    const auto end = loop->run(exchange, stop);
    if (!end) return fail(end.error());
    if (*end == StreamEnd::StoppedByHandler) {
        return fail(ErrorKind::LimitExceeded,
                    "the answer is larger than " + std::to_string(request.maxBody) + " bytes");
    }
    return collector.take();
}

Result<StreamEnd> CurlTransport::stream(const HttpRequest& request, StreamHandler& handler, std::stop_token stop) {
    const std::shared_ptr<CurlLoop> loop = loop_;
    StreamBuffer buffer;
    CurlExchange exchange(request, buffer, [&buffer] { buffer.close(); });
    bool wanted = true;
    std::exception_ptr thrown;
    const auto read = [&]() noexcept {
        try {
            wanted = buffer.drain(handler);
        } catch (...) {
            wanted = false;
            thrown = std::current_exception();
        }
        return wanted;
    };
    auto end = loop->run(exchange, stop, read);
    if (thrown) std::rethrow_exception(thrown);
    if (!wanted) return StreamEnd::StoppedByHandler;
    return end;
}

}  // namespace cerebral::net
