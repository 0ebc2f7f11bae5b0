#pragma once
/// @file RecordingServer: a real HTTP server that answers what a test says and remembers what it was asked.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/net/server/http_server.h"

namespace cerebral::test {

class RecordingServer {
public:
    using Answer = std::function<net::ServerResponse(const net::ServerRequest&)>;

    explicit RecordingServer(Answer answer) : log_(makeNullLogger()), answer_(std::move(answer)) {
        net::ServerCallbacks callbacks;
        callbacks.onRequest = [this](net::ServerRequest request, const net::Responder& responder) {
            const std::lock_guard lock(mutex_);
            responder.send(answer_(request));
            requests_.push_back(std::move(request));
        };
        server_ = std::move(net::HttpServer::start({}, std::move(callbacks), *log_).value());
    }

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
    [[nodiscard]] std::vector<net::ServerRequest> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

private:
    std::unique_ptr<Logger> log_;
    Answer answer_;
    mutable std::mutex mutex_;
    std::vector<net::ServerRequest> requests_;
    std::unique_ptr<net::HttpServer> server_;
};

[[nodiscard]] inline net::ServerResponse jsonAnswer(int status, std::string body) {
    return {status, {{"Content-Type", "application/json"}}, std::move(body), false};
}

}  // namespace cerebral::test
