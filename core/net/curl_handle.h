#pragma once
/// @file RAII for libcurl's C handles, and the one place where option values are passed through varargs.

#include <curl/curl.h>

#include <memory>
#include <string>

namespace cerebral::net {

/// Counted by libcurl itself; thread-safe since 7.84 where the build says "threadsafe".
class CurlGlobal {
public:
    CurlGlobal() noexcept { curl_global_init(CURL_GLOBAL_DEFAULT); }
    ~CurlGlobal() { curl_global_cleanup(); }
    CurlGlobal(const CurlGlobal&) = delete;
    CurlGlobal& operator=(const CurlGlobal&) = delete;
};

struct CurlEasyDelete {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyDelete>;

struct CurlMultiDelete {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
using CurlMulti = std::unique_ptr<CURLM, CurlMultiDelete>;

struct CurlListDelete {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

class CurlList {
public:
    /// False when memory ran out; the list is as before.
    bool append(const std::string& text) {
        curl_slist* longer = curl_slist_append(list_.get(), text.c_str());
        if (longer == nullptr) return false;
        static_cast<void>(list_.release());  // same list, now owned through its new head
        list_.reset(longer);
        return true;
    }
    [[nodiscard]] curl_slist* get() const noexcept { return list_.get(); }

private:
    std::unique_ptr<curl_slist, CurlListDelete> list_;
};

/// Sets many options and remembers the first failure, so that callers check once.
class CurlOptions {
public:
    explicit CurlOptions(CURL* easy) noexcept : easy_(easy) {}

    template <class T>
    void set(CURLoption option, T value) noexcept {
        const CURLcode code = curl_easy_setopt(easy_, option, value);
        if (result_ == CURLE_OK) result_ = code;
    }
    /// The bytes must live as long as the handle: libcurl keeps the pointer.
    void setBlob(CURLoption option, std::string_view bytes) noexcept {
        curl_blob blob{const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
        set(option, &blob);
    }
    [[nodiscard]] CURLcode result() const noexcept { return result_; }

private:
    CURL* easy_;
    CURLcode result_ = CURLE_OK;
};

}  // namespace cerebral::net
