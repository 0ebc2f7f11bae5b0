#include "core/kube/packed_pairs.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace cerebral::kube {
namespace {

// A pair is: code, [length of the name, name when the code is 0,] length of the value, value.
using Length = std::uint32_t;
using Code = unsigned char;

/// What the receiver, Tekton and the platform's pipeline put on every run. A name that is missing here
/// only costs its length.
constexpr std::array<std::string_view, 47> kFrequent = {"app",
                                                        "app.kubernetes.io/managed-by",
                                                        "app.kubernetes.io/name",
                                                        "base-image",
                                                        "base-tag",
                                                        "branch",
                                                        "cerebral.baerautotech.com/author",
                                                        "cerebral.baerautotech.com/before",
                                                        "cerebral.baerautotech.com/branch",
                                                        "cerebral.baerautotech.com/commit",
                                                        "cerebral.baerautotech.com/compare-url",
                                                        "cerebral.baerautotech.com/delivery",
                                                        "cerebral.baerautotech.com/message",
                                                        "cerebral.baerautotech.com/pushed-at",
                                                        "cerebral.baerautotech.com/pusher",
                                                        "cerebral.baerautotech.com/reason",
                                                        "cerebral.baerautotech.com/received-at",
                                                        "cerebral.baerautotech.com/ref",
                                                        "cerebral.baerautotech.com/repository",
                                                        "cerebral.baerautotech.com/request-id",
                                                        "cerebral.baerautotech.com/requested-by",
                                                        "cerebral.baerautotech.com/service",
                                                        "cerebral.baerautotech.com/superseded-by",
                                                        "cerebral.baerautotech.com/trigger",
                                                        "commit",
                                                        "context",
                                                        "deploy",
                                                        "deploy-namespace",
                                                        "deployment",
                                                        "dockerfile",
                                                        "image-digest",
                                                        "image-name",
                                                        "image-tag",
                                                        "image-url",
                                                        "pod-template-hash",
                                                        "registry",
                                                        "repo-url",
                                                        "revision",
                                                        "tekton.dev/memberOf",
                                                        "tekton.dev/pipeline",
                                                        "tekton.dev/pipelineRun",
                                                        "tekton.dev/pipelineRunUID",
                                                        "tekton.dev/pipelineTask",
                                                        "tekton.dev/task",
                                                        "tekton.dev/taskRun",
                                                        "tekton.dev/taskRunUID",
                                                        "deployment.kubernetes.io/revision"};

constexpr std::size_t kSlots = 256;

constexpr std::size_t slotOf(std::string_view name) noexcept {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    const std::size_t size = name.size();
    return (size * 37 + at(size - 1) * 101U + at(size - 2) * 11U + at(size / 2) * 5U) % kSlots;
}

/// Code (index + 1) by slot; names of the same slot follow each other.
constexpr std::array<Code, kSlots> kCodes = [] {
    std::array<Code, kSlots> codes{};
    for (std::size_t i = 0; i < kFrequent.size(); ++i) {
        std::size_t slot = slotOf(kFrequent[i]);
        while (codes[slot] != 0) slot = (slot + 1) % kSlots;
        codes[slot] = static_cast<Code>(i + 1);
    }
    return codes;
}();

/// 0: not frequent.
Code codeOf(std::string_view name) noexcept {
    constexpr std::size_t kShortest = 3;
    if (name.size() < kShortest) return 0;
    for (std::size_t slot = slotOf(name); kCodes[slot] != 0; slot = (slot + 1) % kSlots) {
        if (kFrequent[kCodes[slot] - 1U] == name) return kCodes[slot];
    }
    return 0;
}

std::string_view readText(const char*& at) noexcept {
    Length length = 0;
    std::memcpy(&length, at, sizeof length);
    const std::string_view text(at + sizeof length, length);
    at += sizeof length + length;
    return text;
}

void writeText(char*& at, std::string_view text) noexcept {
    const auto length = static_cast<Length>(text.size());
    std::memcpy(at, &length, sizeof length);
    std::copy(text.begin(), text.end(), at + sizeof length);
    at += sizeof length + text.size();
}

PackedPairs::Pair readPair(const char*& at) noexcept {
    const auto code = static_cast<Code>(*at++);
    PackedPairs::Pair pair;
    pair.name = code == 0 ? readText(at) : kFrequent[code - 1U];
    pair.value = readText(at);
    return pair;
}

}  // namespace

PackedPairs::Pair PackedPairs::Iterator::operator*() const noexcept {
    const char* at = at_;
    return readPair(at);
}

PackedPairs::Iterator& PackedPairs::Iterator::operator++() noexcept {
    readPair(at_);
    return *this;
}

PackedPairs::PackedPairs(std::span<const Pair> pairs) {
    for (const Pair& pair : pairs) {
        size_ += sizeof(Code) + sizeof(Length) + pair.value.size();
        if (codeOf(pair.name) == 0) size_ += sizeof(Length) + pair.name.size();
    }
    if (size_ == 0) return;
    bytes_ = std::make_unique_for_overwrite<char[]>(size_);
    char* at = bytes_.get();
    for (const Pair& pair : pairs) {
        const Code code = codeOf(pair.name);
        *at++ = static_cast<char>(code);
        if (code == 0) writeText(at, pair.name);
        writeText(at, pair.value);
    }
}

PackedPairs::PackedPairs(const PackedPairs& other)
    : bytes_(other.size_ == 0 ? nullptr : std::make_unique_for_overwrite<char[]>(other.size_)), size_(other.size_) {
    std::copy_n(other.bytes_.get(), size_, bytes_.get());
}

PackedPairs::PackedPairs(PackedPairs&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

PackedPairs& PackedPairs::operator=(const PackedPairs& other) {
    if (this != &other) *this = PackedPairs(other);
    return *this;
}

PackedPairs& PackedPairs::operator=(PackedPairs&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

std::size_t PackedPairs::size() const noexcept {
    return static_cast<std::size_t>(std::distance(begin(), end()));
}

std::optional<std::string_view> PackedPairs::find(std::string_view name) const noexcept {
    const Code wanted = codeOf(name);
    const char* at = bytes_.get();
    const char* const behind = at + size_;
    while (at != behind) {
        const auto code = static_cast<Code>(*at++);
        const bool found = code != 0 ? code == wanted : readText(at) == name;
        const std::string_view value = readText(at);
        if (found) return value;
    }
    return std::nullopt;
}

void PackedPairs::set(std::string_view name, std::string_view value) {
    std::vector<Pair> pairs(begin(), end());
    const auto held = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.name == name; });
    if (held == pairs.end()) {
        pairs.push_back({name, value});
    } else {
        held->value = value;
    }
    *this = PackedPairs(pairs);
}

void PackedPairs::erase(std::string_view name) {
    std::vector<Pair> pairs(begin(), end());
    std::erase_if(pairs, [&](const Pair& pair) { return pair.name == name; });
    *this = PackedPairs(pairs);
}

}  // namespace cerebral::kube
