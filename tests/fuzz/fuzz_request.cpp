// Raw HTTP bytes → verdict: the strict reader, the webhook port's front, the signature. Whatever arrives, the
// verdict does not depend on how the bytes were cut into packets, limits hold, and only a MAC made with the
// secret passes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/net/server/request_reader.h"
#include "core/webhook/push_event.h"
#include "core/webhook/signature.h"
#include "receiver/http/front.h"

using namespace cerebral;
using Step = net::RequestReader::Step;

namespace {

constexpr std::size_t kMostRequests = 8;
constexpr std::string_view kScheme = "sha256=";

struct Verdict {
    int status = 0;  ///< 0: the bytes ended before it
    std::string body;
    bool operator==(const Verdict&) const = default;
};

void require(bool condition) {
    if (!condition) std::abort();
}

net::ServerLimits limits() {
    net::ServerLimits limits;
    limits.maxHeaderBytes = 2'048;
    limits.maxHeaderFields = 20;
    limits.maxBodyBytes = 8'192;
    return limits;
}

const std::vector<Secret>& secrets() {
    static const std::vector<Secret> kSecrets{Secret("current"), Secret("previous")};
    return kSecrets;
}

/// What a complete request is answered with, as far as its bytes decide it.
Verdict judge(net::ServerRequest request) {
    require(request.body.size() <= limits().maxBodyBytes);
    require(request.headers.fields().size() <= limits().maxHeaderFields);
    require(!request.path.empty() && request.path.front() == '/');
    if (request.path != receiver::kDeliveryPath) return {202, std::move(request.body)};
    const auto signature = request.headers.find("X-Hub-Signature-256").value_or(std::string_view());
    const auto verdict = webhook::verifySignature(signature, request.bodyMacs);
    require(verdict == webhook::verifySignature(signature, request.body, secrets()));
    const bool valid = verdict == webhook::SignatureVerdict::Valid;
    std::string lower(signature);
    std::for_each(lower.begin() + static_cast<std::ptrdiff_t>(std::min(lower.size(), kScheme.size())), lower.end(),
                  [](char& c) { c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    require(valid == std::any_of(secrets().begin(), secrets().end(), [&](const Secret& secret) {
                return lower == webhook::signBody(request.body, secret);
            }));
    if (!valid) return {400, std::move(request.body)};
    return {webhook::parsePushEvent(request.body) ? 200 : 400, std::move(request.body)};
}

/// The verdicts on the requests of one connection, its bytes arriving in pieces of `piece`. Ends where the
/// reader refuses: how early it sees that a header which is not whole can never be right may differ.
std::vector<Verdict> connection(std::string_view bytes, std::size_t piece) {
    std::vector<Verdict> verdicts;
    std::string buffer;
    net::RequestReader reader(limits());
    bool more = true;
    while (more) {
        more = !bytes.empty();
        buffer += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        for (;;) {
            std::string_view input = buffer;
            const Step step = reader.feed(input);
            buffer.erase(0, buffer.size() - input.size());
            if (step == Step::NeedMore) {
                require(buffer.size() < reader.maxLookahead());
                break;
            }
            if (step == Step::Refused) {
                const int status = reader.refusal().status;
                require(status >= 400 && status < 600 && !reader.refusal().reason.empty());
                return verdicts;
            }
            if (step == Step::Header) {
                require(reader.http11() ? reader.request().headers.count("Host") == 1 : true);
                if (const auto refusal = receiver::refuseByHeader(reader.request())) {
                    verdicts.push_back({refusal->httpStatus, {}});
                    return verdicts;
                }
                reader.request().bodyMacs = webhook::SignatureKeys(secrets()).begin();
                continue;
            }
            const bool keep = reader.keepAlive();
            verdicts.push_back(judge(reader.take()));
            if (!keep || verdicts.size() == kMostRequests) return verdicts;
            reader = net::RequestReader(limits());
        }
    }
    return verdicts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = connection(bytes, std::max<std::size_t>(size, 1));
    require(whole == connection(bytes, 1 + size % 61));
    return 0;
}
