#include "core/net/curl_transport.h"

#include <utility>

#include "core/net/curl_loop.h"

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
    Collector collector(request.maxBody);
    const auto end = stream(request, collector, std::move(stop));
    if (!end) return fail(end.error());
    if (*end == StreamEnd::StoppedByHandler) {
        return fail(ErrorKind::LimitExceeded,
                    "the answer is larger than " + std::to_string(request.maxBody) + " bytes");
    }
    return collector.take();
}

Result<StreamEnd> CurlTransport::stream(const HttpRequest& request, StreamHandler& handler, std::stop_token stop) {
    const std::shared_ptr<CurlLoop> loop = loop_;
    CurlExchange exchange(request, handler);
    return loop->run(exchange, stop);
}

}  // namespace cerebral::net
