#include "tests/bench/receiver/large_push.h"

#include <array>
#include <nlohmann/json.hpp>

#include "tests/support/receiver_process.h"

namespace cerebral::bench {
namespace {

constexpr std::array kServices{"ai-services", "bmad-services", "data-services"};
constexpr int kFilesPerCommit = 1000;
constexpr std::size_t kRest = 4096;  ///< what the payload has beside commits

std::string hex(int number) {
    const std::string digits = std::to_string(number);
    return std::string(40 - digits.size(), '0') + digits;
}

nlohmann::ordered_json commit(int number) {
    nlohmann::ordered_json modified = nlohmann::ordered_json::array();
    for (int i = 0; i < kFilesPerCommit; ++i) {  // in order of the paths, as git lists them
        const auto service = static_cast<std::size_t>(i) * kServices.size() / kFilesPerCommit;
        modified.push_back("microservices/" + std::string(kServices.at(service)) + "/src/package" +
                           std::to_string(number) + "/module_" + std::to_string(i) + ".py");
    }
    return {{"id", hex(number)},
            {"message", "Move modules"},
            {"author", {{"name", "Ada"}, {"email", "ada@example.test"}, {"username", "ada"}}},
            {"added", nlohmann::ordered_json::array()},
            {"removed", nlohmann::ordered_json::array()},
            {"modified", std::move(modified)}};
}

}  // namespace

std::string largePush(std::size_t bytes, int number) {
    auto push = nlohmann::ordered_json::parse(
        test::pushBody({.branch = "large-" + std::to_string(number), .after = hex(900'000 + number)}));
    std::size_t size = push.dump().size() + kRest;
    for (int i = 1;; ++i) {
        auto next = commit(i);
        size += next.dump().size() + 1;
        if (size > bytes) return push.dump();
        push["commits"].push_back(std::move(next));
    }
}

}  // namespace cerebral::bench
