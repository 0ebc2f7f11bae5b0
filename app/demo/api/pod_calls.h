#pragma once
/// @file Calls that go to a pod: its logs, and HTTP through the API server's proxy.

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/demo/api/api_server.h"
#include "app/demo/sim/log_store.h"
#include "core/net/http_transport.h"

namespace cerebral::demo {

/// GET …/pods/NAME/log
void answerPodLog(const ObjectStore& store, LogStore& logs, const ApiCall& call, const net::Responder& responder);

/// …/pods/NAME:PORT/proxy/PATH, for the receiver's pods: forwarded to the receiver that runs beside the
/// demo. One thread; requests wait for each other.
class PodProxy {
public:
    explicit PodProxy(const ObjectStore& store);
    ~PodProxy();
    PodProxy(const PodProxy&) = delete;
    PodProxy& operator=(const PodProxy&) = delete;
    /// "http://127.0.0.1:9090"; empty: pods refuse connections.
    void setReceiverAdminUrl(std::string url);
    void answer(const ApiCall& call, const net::Responder& responder);

private:
    struct Job {
        net::HttpRequest request;
        net::Responder responder;
    };
    void run(const std::stop_token& stop);
    const ObjectStore& store_;
    std::unique_ptr<net::HttpTransport> transport_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Job> jobs_;
    std::string adminUrl_;
    std::jthread thread_;
};

}  // namespace cerebral::demo
