#include "app/demo/api/protobuf_review.h"

#include <nlohmann/json.hpp>
#include <string>

namespace cerebral::demo {
namespace {

/// One field after the other of a message (protobuf.dev/programming-guides/encoding).
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}
    /// False at the end and when the bytes are broken; then `broken()` tells which.
    bool next() {
        if (rest_.empty()) return false;
        const std::uint64_t tag = varint();
        field = static_cast<unsigned>(tag >> 3U);
        text = {};
        number = 0;
        switch (tag & 7U) {
            case 0:
                number = varint();
                break;
            case 2:
                text = take(varint());
                break;
            case 1:
                take(8);
                break;
            case 5:
                take(4);
                break;
            default:
                broken_ = true;
        }
        return !broken_;
    }
    [[nodiscard]] bool broken() const { return broken_; }
    unsigned field = 0;
    std::uint64_t number = 0;
    std::string_view text;

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) break;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) return value;
        }
        broken_ = true;
        return 0;
    }
    std::string_view take(std::uint64_t size) {
        if (size > rest_.size()) {
            broken_ = true;
            return {};
        }
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }
    std::string_view rest_;
    bool broken_ = false;
};

std::string_view memberOf(std::string_view message, unsigned field) {
    Reader reader(message);
    while (reader.next()) {
        if (reader.field == field) return reader.text;
    }
    return {};
}

Json resourceAttributes(std::string_view message) {
    constexpr const char* kNames[] = {"", "namespace", "verb", "group", "version", "resource", "subresource", "name"};
    Json attributes = Json::object();
    Reader reader(message);
    while (reader.next()) {
        if (reader.field >= 1 && reader.field <= 7 && !reader.text.empty())
            attributes[kNames[reader.field]] = reader.text;
    }
    return attributes;
}

/// TokenRequestSpec {audiences = 1, expirationSeconds = 4} or TokenReviewSpec {token = 1, audiences = 2}.
Json tokenSpec(std::string_view message, bool review) {
    Json spec = Json::object();
    Reader reader(message);
    while (reader.next()) {
        if (review && reader.field == 1)
            spec["token"] = reader.text;
        else if (reader.field == (review ? 2U : 1U))
            spec["audiences"].push_back(reader.text);
        else if (!review && reader.field == 4)
            spec["expirationSeconds"] = static_cast<std::int64_t>(reader.number);
    }
    return spec;
}

}  // namespace

std::optional<Json> readProtobufReview(std::string_view kind, std::string_view body) {
    constexpr std::string_view kMagic("k8s\0", 4);
    if (!body.starts_with(kMagic)) return std::nullopt;
    // runtime.Unknown {typeMeta = 1, raw = 2}; in raw: {metadata = 1, spec = 2}.
    const std::string_view spec = memberOf(memberOf(body.substr(kMagic.size()), 2), 2);
    Json review = {{"kind", kind}, {"spec", Json::object()}};
    if (kind == "SelfSubjectAccessReview") {
        if (const std::string_view resource = memberOf(spec, 1); !resource.empty())
            review["spec"]["resourceAttributes"] = resourceAttributes(resource);
        else
            review["spec"]["nonResourceAttributes"] = Json::object();
    } else if (kind == "TokenRequest") {
        review["spec"] = tokenSpec(spec, false);
    } else if (kind == "TokenReview") {
        review["spec"] = tokenSpec(spec, true);
    } else if (kind == "SelfSubjectRulesReview") {
        review["spec"]["namespace"] = memberOf(spec, 1);
    }
    return review;
}

}  // namespace cerebral::demo
