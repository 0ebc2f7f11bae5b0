#pragma once
/// @file ScriptedTransport: answers requests one after the other from a script and keeps what was asked.
///
/// For tests of what is sent and of what an answer means. Whole servers stand elsewhere
/// (fake_api_server.h, replay_server.h). Single-threaded.

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/net/http_transport.h"

namespace cerebral::test {

class ScriptedTransport final : public net::HttpTransport {
public:
    using Answer = std::function<Result<net::HttpResponse>(const net::HttpRequest&)>;

    void answer(int status, std::string body = "{}", net::Headers headers = {}) {
        answers_.push_back([=](const net::HttpRequest&) { return net::HttpResponse{status, headers, body}; });
    }
    void fail(ErrorKind kind) {
        answers_.push_back([=](const net::HttpRequest&) -> Result<net::HttpResponse> {
            return cerebral::fail(kind, "scripted failure");
        });
    }
    void answer(Answer answer) { answers_.push_back(std::move(answer)); }

    Result<net::HttpResponse> send(const net::HttpRequest& request, std::stop_token) override {
        requests.push_back(request);
        if (answers_.empty()) return cerebral::fail(ErrorKind::Unreachable, "the script is at its end");
        const Answer next = std::move(answers_.front());
        answers_.pop_front();
        return next(request);
    }

    /// The body arrives in pieces of `pieceSize`.
    Result<net::StreamEnd> stream(const net::HttpRequest& request, net::StreamHandler& handler,
                                  std::stop_token stop) override {
        auto response = send(request, stop);
        if (!response) return cerebral::fail(response.error());
        if (!handler.onHead({response->status, response->headers})) return net::StreamEnd::StoppedByHandler;
        for (std::size_t at = 0; at < response->body.size(); at += pieceSize) {
            if (stop.stop_requested()) return cerebral::fail(ErrorKind::Cancelled, "cancelled");
            if (!handler.onData(std::string_view(response->body).substr(at, pieceSize))) {
                return net::StreamEnd::StoppedByHandler;
            }
        }
        return net::StreamEnd::Complete;
    }

    std::vector<net::HttpRequest> requests;
    std::size_t pieceSize = 7;

private:
    std::deque<Answer> answers_;
};

}  // namespace cerebral::test
