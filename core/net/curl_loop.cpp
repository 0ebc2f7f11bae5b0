#include "core/net/curl_loop.h"

#include <algorithm>
#include <cassert>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace cerebral::net {
namespace {

constexpr long kIdleConnections = 64;
constexpr std::chrono::milliseconds kLongestPoll{30'000};

Error cancelled() {
    return Error{ErrorKind::Cancelled, "cancelled", 0, {}, {}};
}

/// Signals belong to main; SIGPIPE above all, which OpenSSL's writes to a closed socket would raise here.
void blockSignals() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

CurlLoop::CurlLoop() : multi_(curl_multi_init()) {
    if (!multi_) throw std::runtime_error("libcurl could not be initialised");
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kIdleConnections);
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    thread_ = std::jthread([this](const std::stop_token& stop) { threadMain(stop); });
    ioThread_ = thread_.get_id();
}

CurlLoop::~CurlLoop() {
    assert(!thread_.joinable());
}

Result<StreamEnd> CurlLoop::run(CurlExchange& exchange, const std::stop_token& stop,
                                const std::function<bool()>& meanwhile) {
    assert(std::this_thread::get_id() != ioThread_ && "a handler must not wait for another exchange");
    if (stop.stop_requested()) return fail(cancelled());
    Id id = 0;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return fail(cancelled());
        id = nextId_++;
        mailbox_.begin.emplace_back(id, &exchange);
    }
    ring();
    const std::stop_callback onStop(stop, [this, id] { cancel(id); });
    if (meanwhile && !meanwhile()) cancel(id);
    return exchange.wait();
}

void CurlLoop::cancel(Id id) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return;
        mailbox_.cancel.push_back(id);
    }
    ring();
}

void CurlLoop::shutDown() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    thread_.request_stop();
    ring();
    if (thread_.joinable()) thread_.join();
}

void CurlLoop::ring() noexcept {
    curl_multi_wakeup(multi_.get());
}

void CurlLoop::threadMain(const std::stop_token& stop) {
    blockSignals();
    while (!stop.stop_requested()) {
        readMail();
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        collectFinished();
        endSilent();
        curl_multi_poll(multi_.get(), nullptr, 0, pollMillis(), nullptr);
    }
    readMail();
    while (!active_.empty()) end(active_.begin()->first, cancelled());
}

void CurlLoop::readMail() {
    Mailbox mail;
    {
        const std::lock_guard lock(mutex_);
        std::swap(mail, mailbox_);
    }
    for (const auto& [id, exchange] : mail.begin) start(id, *exchange);
    for (const Id id : mail.cancel) end(id, cancelled());
}

void CurlLoop::start(Id id, CurlExchange& exchange) {
    const auto easy = exchange.prepare();
    if (!easy) {
        exchange.conclude(easy.error());
        return;
    }
    if (const CURLMcode code = curl_multi_add_handle(multi_.get(), *easy); code != CURLM_OK) {
        exchange.conclude(Error{ErrorKind::Io, curl_multi_strerror(code), 0, {}, {}});
        return;
    }
    active_.emplace(id, &exchange);
}

void CurlLoop::collectFinished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        // Removing the handle frees the message.
        CURL* easy = message->easy_handle;
        const CURLcode code = message->data.result;
        const auto it = std::find_if(active_.begin(), active_.end(),
                                     [&](const auto& entry) { return entry.second->easy() == easy; });
        assert(it != active_.end());
        CurlExchange& exchange = *it->second;
        active_.erase(it);
        curl_multi_remove_handle(multi_.get(), easy);
        exchange.conclude(code);
    }
}

void CurlLoop::endSilent() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<Id> silent;
    for (const auto& [id, exchange] : active_) {
        const auto deadline = exchange->silentAt();
        if (deadline && *deadline <= now) silent.push_back(id);
    }
    for (const Id id : silent) end(id, active_.at(id)->silenceError());
}

int CurlLoop::pollMillis() const {
    auto wait = kLongestPoll;
    const auto now = std::chrono::steady_clock::now();
    for (const auto& [id, exchange] : active_) {
        const auto deadline = exchange->silentAt();
        if (!deadline) continue;
        wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(*deadline - now));
    }
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(wait.count(), 0));
}

void CurlLoop::end(Id id, Error error) {
    const auto it = active_.find(id);
    if (it == active_.end()) return;
    CurlExchange& exchange = *it->second;
    active_.erase(it);
    curl_multi_remove_handle(multi_.get(), exchange.easy());
    exchange.conclude(std::move(error));
}

}  // namespace cerebral::net
