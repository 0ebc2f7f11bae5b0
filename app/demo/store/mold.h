#pragma once
/// @file Mold: a text with places for values. Ten thousand finished runs differ in little else than names,
/// commits and times: they rest as one mold and a few values each, and are poured when somebody asks.

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace cerebral::demo {

class Mold {
public:
    enum class Value : std::uint8_t {
        Nothing,
        Text,     ///< texts[index], put in as it is: it needs no escaping in JSON
        Uid,      ///< number `index` of the UIDs that belong to `identity`
        Version,  ///< the member resourceVersion with its value
        Seconds,  ///< a time, RFC 3339
        Millis,
    };
    /// Where a sample shows a value: every occurrence of `sample` becomes a place for it.
    struct Mark {
        std::string sample;
        Value value = Value::Text;
        std::uint32_t index = 0;
    };
    struct Fill {
        WallTime origin{};     ///< what the sample's origin becomes
        double stretch = 1.0;  ///< times after the origin lie this much further from it
        std::uint64_t identity = 0;
        std::shared_ptr<const std::vector<std::string>> texts;
    };

    Mold() = default;
    /// Longer marks win. Times from `origin` on become places too; earlier ones stay as they are.
    Mold(std::string_view sample, std::span<const Mark> marks, WallTime origin);
    void pour(std::string& out, const Fill& fill, std::uint64_t version = 0) const;
    [[nodiscard]] std::string poured(const Fill& fill, std::uint64_t version = 0) const;
    [[nodiscard]] static std::string uid(std::uint64_t identity, std::uint32_t index);

private:
    struct Piece {
        std::string before;  ///< what stands in front of the value
        Value value = Value::Nothing;
        std::uint32_t index = 0;
        std::chrono::milliseconds offset{0};
    };
    std::vector<Piece> pieces_;
};

}  // namespace cerebral::demo
