// libcurl, loaded by the first call to it instead of before the program begins.
//
// libcurl brings some thirty libraries (Kerberos, LDAP, SSH, …), and loading them takes longer than painting the
// first frame. So cerebral-dashboard alone is not linked with it: here are the functions that core/net calls, as
// <curl/curl.h> declares them, and each hands its call on to the library. One that is missing here is found by the
// linker all the same: then libcurl is needed from the beginning again, and bench_window says so.
#include <curl/curl.h>
#include <dlfcn.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace {

void* library() {
    // Without the library the program ends, as a linked one would.
    static void* const handle = [] {
        void* loaded = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
        if (loaded == nullptr) {
            std::fprintf(stderr, "cerebral-dashboard: %s\n", ::dlerror());
            std::_Exit(127);
        }
        return loaded;
    }();
    return handle;
}

template <class Function>
Function* find(const char* name) {
    auto* const function = reinterpret_cast<Function*>(::dlsym(library(), name));
    if (function == nullptr) {
        std::fprintf(stderr, "cerebral-dashboard: %s\n", ::dlerror());
        std::_Exit(127);
    }
    return function;
}

// What these functions take beyond their declaration is a long, a pointer or a curl_off_t (libcurl's own rule), which
// all travel in the same way here.
static_assert(sizeof(long) == sizeof(void*) && sizeof(curl_off_t) == sizeof(void*));

}  // namespace

// Named and declared as in the header: what differs from it does not compile.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name,readability-identifier-naming)
#define CEREBRAL_CURL(name) static auto* const real = find<decltype(::name)>(#name)

extern "C" {

CURLcode curl_global_init(long flags) {
    CEREBRAL_CURL(curl_global_init);
    return real(flags);
}

void curl_global_cleanup() {
    CEREBRAL_CURL(curl_global_cleanup);
    real();
}

CURL* curl_easy_init() {
    CEREBRAL_CURL(curl_easy_init);
    return real();
}

void curl_easy_cleanup(CURL* handle) {
    CEREBRAL_CURL(curl_easy_cleanup);
    real(handle);
}

CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...) {
    CEREBRAL_CURL(curl_easy_setopt);
    std::va_list rest;
    va_start(rest, option);
    void* const value = va_arg(rest, void*);
    va_end(rest);
    return real(handle, option, value);
}

CURLcode curl_easy_getinfo(CURL* handle, CURLINFO info, ...) {
    CEREBRAL_CURL(curl_easy_getinfo);
    std::va_list rest;
    va_start(rest, info);
    void* const value = va_arg(rest, void*);
    va_end(rest);
    return real(handle, info, value);
}

const char* curl_easy_strerror(CURLcode code) {
    CEREBRAL_CURL(curl_easy_strerror);
    return real(code);
}

CURLM* curl_multi_init() {
    CEREBRAL_CURL(curl_multi_init);
    return real();
}

CURLMcode curl_multi_cleanup(CURLM* multi) {
    CEREBRAL_CURL(curl_multi_cleanup);
    return real(multi);
}

CURLMcode curl_multi_setopt(CURLM* multi, CURLMoption option, ...) {
    CEREBRAL_CURL(curl_multi_setopt);
    std::va_list rest;
    va_start(rest, option);
    void* const value = va_arg(rest, void*);
    va_end(rest);
    return real(multi, option, value);
}

CURLMcode curl_multi_add_handle(CURLM* multi, CURL* handle) {
    CEREBRAL_CURL(curl_multi_add_handle);
    return real(multi, handle);
}

CURLMcode curl_multi_remove_handle(CURLM* multi, CURL* handle) {
    CEREBRAL_CURL(curl_multi_remove_handle);
    return real(multi, handle);
}

CURLMcode curl_multi_perform(CURLM* multi, int* running) {
    CEREBRAL_CURL(curl_multi_perform);
    return real(multi, running);
}

CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd* extra, unsigned int count, int timeout, int* ready) {
    CEREBRAL_CURL(curl_multi_poll);
    return real(multi, extra, count, timeout, ready);
}

CURLMcode curl_multi_wakeup(CURLM* multi) {
    CEREBRAL_CURL(curl_multi_wakeup);
    return real(multi);
}

CURLMsg* curl_multi_info_read(CURLM* multi, int* left) {
    CEREBRAL_CURL(curl_multi_info_read);
    return real(multi, left);
}

const char* curl_multi_strerror(CURLMcode code) {
    CEREBRAL_CURL(curl_multi_strerror);
    return real(code);
}

curl_slist* curl_slist_append(curl_slist* list, const char* text) {
    CEREBRAL_CURL(curl_slist_append);
    return real(list, text);
}

void curl_slist_free_all(curl_slist* list) {
    CEREBRAL_CURL(curl_slist_free_all);
    real(list);
}

}  // extern "C"

#undef CEREBRAL_CURL
// NOLINTEND(readability-inconsistent-declaration-parameter-name,readability-identifier-naming)
