#include "core/net/curl_exchange.h"

#include <charconv>
#include <utility>

#include "core/net/curl_error.h"

namespace cerebral::net {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256U * 1024U;

/// "HTTP/1.1 200 OK" and "HTTP/2 200 " → 200; 0 when it is no status line.
int statusOf(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (!line.starts_with("HTTP/") || space == std::string_view::npos) return 0;
    const std::string_view digits = line.substr(space + 1, 3);
    int status = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), status);
    return status;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

Result<StreamEnd> CurlExchange::wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return result_.has_value(); });
    if (thrown_) std::rethrow_exception(thrown_);
    return std::move(*result_);
}

Result<CURL*> CurlExchange::prepare() {
    auto curl = makeCurlRequest(request_);
    if (!curl) return fail(curl.error());
    curl_ = std::move(*curl);
    CurlOptions options(curl_.easy.get());
    options.set(CURLOPT_ERRORBUFFER, errorText_.data());
    options.set(CURLOPT_HEADERFUNCTION, &CurlExchange::headerTrampoline);
    options.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    options.set(CURLOPT_WRITEFUNCTION, &CurlExchange::dataTrampoline);
    options.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    if (options.result() != CURLE_OK) return fail(ErrorKind::Io, curl_easy_strerror(options.result()));
    lastByte_ = std::chrono::steady_clock::now();
    return curl_.easy.get();
}

std::optional<std::chrono::steady_clock::time_point> CurlExchange::silentAt() const {
    if (request_.silenceTimeout.count() == 0) return std::nullopt;
    return lastByte_ + request_.silenceTimeout;
}

Error CurlExchange::silenceError() const {
    return Error{ErrorKind::Timeout,
                 curl_.server + ": no byte for " + std::to_string(request_.silenceTimeout.count()) + " s",
                 head_.status,
                 {},
                 {}};
}

void CurlExchange::conclude(CURLcode code) {
    if (headTooLarge_) {
        finish(fail(ErrorKind::LimitExceeded, curl_.server + ": the answer's header is larger than " +
                                                  std::to_string(kMaxHeaderBytes) + " bytes"));
    } else if (stoppedByHandler_) {
        finish(StreamEnd::StoppedByHandler);
    } else if (code != CURLE_OK) {
        // Set when the connection is ready and the request is about to be written.
        curl_off_t readyToSend = 0;
        curl_easy_getinfo(curl_.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &readyToSend);
        finish(fail(curlError(code, errorText_.data(), readyToSend > 0, curl_.server)));
    } else if (!headComplete_) {
        finish(fail(ErrorKind::Malformed, curl_.server + ": the answer has no header"));
    } else {
        finish(StreamEnd::Complete);
    }
}

void CurlExchange::conclude(Error error) {
    finish(fail(std::move(error)));
}

void CurlExchange::finish(Result<StreamEnd> result) {
    curl_.easy.reset();
    if (onOver_) onOver_();
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
    // Under the lock: the waiting thread destroys this object as soon as it can take it.
    done_.notify_one();
}

std::size_t CurlExchange::headerTrampoline(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<CurlExchange*>(self);
    try {
        return exchange.onHeaderLine({data, size * count}) ? size * count : 0;
    } catch (...) {
        exchange.thrown_ = std::current_exception();
        return 0;
    }
}

std::size_t CurlExchange::dataTrampoline(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<CurlExchange*>(self);
    try {
        return exchange.onData({data, size * count}) ? size * count : 0;
    } catch (...) {
        exchange.thrown_ = std::current_exception();
        return 0;
    }
}

bool CurlExchange::onHeaderLine(std::string_view line) {
    constexpr int kFirstFinalStatus = 200;
    lastByte_ = std::chrono::steady_clock::now();
    if (headComplete_) return true;  // a trailer behind the body: nothing here reads one
    headerBytes_ += line.size();
    if (headerBytes_ > kMaxHeaderBytes) {
        headTooLarge_ = true;
        return false;
    }
    if (const int status = statusOf(line); status != 0) {
        head_ = HttpHead{status, {}};
        return true;
    }
    if (trim(line).empty()) {
        // 1xx answers announce, the real one follows.
        return head_.status < kFirstFinalStatus || deliverHead();
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return true;
    head_.headers.add(std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1))));
    return true;
}

bool CurlExchange::deliverHead() {
    headComplete_ = true;
    stoppedByHandler_ = !handler_.onHead(head_);
    return !stoppedByHandler_;
}

bool CurlExchange::onData(std::string_view chunk) {
    lastByte_ = std::chrono::steady_clock::now();
    stoppedByHandler_ = !handler_.onData(chunk);
    return !stoppedByHandler_;
}

}  // namespace cerebral::net
