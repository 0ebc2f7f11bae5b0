#include "tests/e2e/receiver/storm/storm_senders.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "tests/e2e/receiver/storm/storm_replicas.h"

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

constexpr unsigned kSenders = 12;
constexpr std::array kServices{"ai-services", "bmad-services", "data-services"};

/// 40 digits: the number, eight of them, five times.
std::string commitOf(int push) {
    const std::string digits = std::to_string(push);
    const std::string eight = std::string(8 - digits.size(), '0') + digits;
    return eight + eight + eight + eight + eight;
}

/// One push in five touches two or three services.
int servicesOf(int push) {
    return push % 10 == 3 ? 2 : push % 10 == 7 ? 3 : 1;
}

std::string bodyOf(int push, std::int64_t pushedAt) {
    PushText text;
    text.service = kServices[0];
    text.branch = "b" + std::to_string(push % 50);
    text.after = commitOf(push);
    text.pushedAt = pushedAt + push / 3;
    for (int i = 1; i < servicesOf(push); ++i)
        text.moreServices.emplace_back(kServices.at(static_cast<std::size_t>(i)));
    return pushBody(text);
}

std::int64_t anHourAgo() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count() - 3600;
}

}  // namespace

StormSenders::StormSenders(int pushes, int perSecond, unsigned seed, PortOf portOf)
    : pushes_(pushes),
      perSecond_(perSecond),
      seed_(seed),
      portOf_(std::move(portOf)),
      pushedAt_(anHourAgo()),
      atWork_(static_cast<int>(kSenders)) {
    for (int push = 1; push <= pushes_; ++push) ledger_.expectedRuns[push] = servicesOf(push);
    for (unsigned sender = 0; sender < kSenders; ++sender) {
        threads_.emplace_back([this, sender] {
            send(sender);
            --atWork_;
        });
    }
}

const StormLedger& StormSenders::join() {
    threads_.clear();
    return ledger_;
}

int StormSenders::pushOf(const std::string& runName) {
    for (const std::string_view service : kServices) {
        if (!runName.starts_with(service) || runName.size() < service.size() + 10) continue;
        int push = -1;
        const char* const digits = runName.data() + service.size() + 1;
        if (std::from_chars(digits, digits + 8, push).ptr == digits + 8) return push;
    }
    return -1;
}

void StormSenders::send(unsigned sender) {
    std::mt19937 random(seed_ + 100 + sender);
    for (int push = next_++; push <= pushes_; push = next_++) {
        std::this_thread::sleep_until(from_ + std::chrono::microseconds(1'000'000) * push / perSecond_);
        sendOne(push, random);
    }
}

void StormSenders::sendOne(int push, std::mt19937& random) {
    const std::string body = bodyOf(push, pushedAt_);
    const std::size_t to = random() % StormReplicas::kCount;
    bool taken = deliver(to, push, body);
    // GitHub never repeats by itself; people and reconciliation do, for most.
    for (int again = 0; !taken && again < 3 && random() % 4 != 0; ++again) {
        std::this_thread::sleep_for(20ms);
        taken = deliver(random() % StormReplicas::kCount, push, body);
    }
    if (taken && random() % 10 == 0) {
        deliver(1 - to, push, body);
        const std::scoped_lock lock(mutex_);
        ++ledger_.redelivered;
    }
}

bool StormSenders::deliver(std::size_t replica, int push, const std::string& body) {
    const std::uint16_t port = portOf_(replica);
    if (port == 0) return false;
    const std::string response = sendTo(port, deliveryRequest(body, "d-" + std::to_string(push)));
    const int status = RawClient::status(response);
    if (status != 200 && status != 202) return false;
    const Json answer = Json::parse(RawClient::body(response), nullptr, false);
    const std::scoped_lock lock(mutex_);
    ledger_.acknowledged.insert(push);
    const auto runs = answer.is_object() ? answer.value("pipelineRuns", Json::array()) : Json::array();
    if (static_cast<int>(runs.size()) != servicesOf(push)) ledger_.unexpectedAnswers.push_back(response);
    for (const Json& run : runs) ledger_.acknowledgedRuns.insert(run["name"].get<std::string>());
    return true;
}

}  // namespace cerebral::test
