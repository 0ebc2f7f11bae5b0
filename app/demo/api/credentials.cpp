#include "app/demo/api/credentials.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/demo/store/json.h"
#include "core/base/digest.h"
#include "core/base/encoding.h"

namespace cerebral::demo {
namespace {

std::string randomHex() {
    std::array<unsigned char, 24> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::terminate();
    return toHex(bytes);
}

std::string toBase64Url(std::string_view bytes) {
    std::string text = toBase64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    while (text.ends_with('=')) text.pop_back();
    return text;
}

std::optional<std::string> fromBase64Url(std::string text) {
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    while (text.size() % 4 != 0) text += '=';
    return fromBase64(text);
}

std::string signature(const Secret& key, std::string_view signedPart) {
    const Sha256 mac = hmacSha256(key.reveal(), signedPart);
    return toBase64Url(std::string_view(reinterpret_cast<const char*>(mac.data()), mac.size()));
}

bool same(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::int64_t unixSeconds(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

bool User::isAdministrator() const {
    return std::ranges::find(groups, "system:masters") != groups.end();
}

Credentials::Credentials(const Clock& clock, Secret administrator, Secret signingKey)
    : clock_(clock), administrator_(std::move(administrator)), key_(std::move(signingKey)) {}

std::optional<User> Credentials::verify(std::string_view token, const std::vector<std::string>& audiences,
                                        std::vector<std::string>* matched) const {
    if (same(token, administrator_.reveal())) {
        if (matched) *matched = audiences;
        return User{"admin", "", {"system:masters", "system:authenticated"}, "TOKEN=demo-administrator"};
    }
    const std::size_t lastDot = token.rfind('.');
    if (lastDot == std::string_view::npos) return std::nullopt;
    if (!same(token.substr(lastDot + 1), signature(key_, token.substr(0, lastDot)))) return std::nullopt;
    const std::size_t firstDot = token.find('.');
    const auto claims = fromBase64Url(std::string(token.substr(firstDot + 1, lastDot - firstDot - 1)));
    if (!claims) return std::nullopt;
    const Json tree = Json::parse(*claims, nullptr, false);
    if (!tree.is_object() || tree.value("exp", std::int64_t{0}) <= unixSeconds(clock_.now())) return std::nullopt;
    std::vector<std::string> both;
    for (const Json& audience : tree.value("aud", Json::array())) {
        if (std::ranges::find(audiences, audience.get<std::string>()) != audiences.end()) both.push_back(audience);
    }
    if (both.empty()) return std::nullopt;
    if (matched) *matched = both;
    const std::string name = tree.value("sub", "");
    const std::string ns = tree["kubernetes.io"].value("namespace", "");
    return User{name,
                tree["kubernetes.io"]["serviceaccount"].value("uid", ""),
                {"system:serviceaccounts", "system:serviceaccounts:" + ns, "system:authenticated"},
                "JTI=" + tree.value("jti", "")};
}

std::string Credentials::mint(std::string_view ns, std::string_view serviceAccount, std::string_view uid,
                              const std::vector<std::string>& audiences, WallTime expires) const {
    const std::string jti = randomHex().substr(0, 32);
    const Json claims = {
        {"aud", audiences},
        {"exp", unixSeconds(expires)},
        {"iat", unixSeconds(clock_.now())},
        {"iss", kApiAudience},
        {"jti", jti},
        {"nbf", unixSeconds(clock_.now())},
        {"kubernetes.io", {{"namespace", ns}, {"serviceaccount", {{"name", serviceAccount}, {"uid", uid}}}}},
        {"sub", "system:serviceaccount:" + std::string(ns) + ":" + std::string(serviceAccount)}};
    const std::string part = toBase64Url(R"({"alg":"HS256","kid":"demo"})") + "." + toBase64Url(claims.dump());
    return part + "." + signature(key_, part);
}

}  // namespace cerebral::demo
