// What a registry says in Link and WWW-Authenticate → the next page, how to log in. Only text of the header comes
// out.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/net/url.h"
#include "core/registry/auth_challenge.h"
#include "core/registry/link_header.h"

using namespace cerebral;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view header(reinterpret_cast<const char*>(data), size);
    if (const auto next = registry::nextLink(header)) {
        if (header.find('<' + *next + '>') == std::string_view::npos) std::abort();
        const auto here = net::Url::parse("http://127.0.0.1:5000/v2/_catalog?n=2");
        if (const auto there = here->resolve(*next); there && there->host.empty()) std::abort();
    }
    std::size_t length = 0;
    for (const registry::AuthChallenge& challenge : registry::parseChallenges(header)) {
        if (challenge.scheme.empty()) std::abort();
        length += challenge.scheme.size();
        for (const auto& [name, value] : challenge.parameters) {
            if (name.empty()) std::abort();
            length += name.size() + value.size();
        }
    }
    if (length > size) std::abort();
    return 0;
}
