#include "app/demo/team/team.h"

#include "app/demo/registry/image_registry.h"
#include "app/demo/store/identity.h"
#include "core/net/curl_transport.h"
#include "core/webhook/signature.h"

namespace cerebral::demo {
namespace {

using namespace std::chrono_literals;

/// A run of the first push needs at most this long to go live, at the pace of a real cluster. The fan-out
/// comes behind it: a newer push to the same service and branch cancels the older run.
constexpr std::chrono::seconds kUntilLive{232};

std::string guid(std::uint64_t seed, std::uint64_t number) {
    auto random = randomFor(seed, "delivery" + std::to_string(number));
    const std::string hex = hexText(random, 32);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-11f0-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace

std::chrono::milliseconds openingTime(std::size_t push, double speed) {
    const std::chrono::milliseconds fanOut(
        static_cast<std::int64_t>(std::chrono::milliseconds(kUntilLive).count() / speed));
    return 1s + fanOut * static_cast<std::int64_t>(push) / static_cast<std::int64_t>(Storyline::kOpening - 1);
}

Team::Team(World& world, TeamSettings settings, Logger& log)
    : world_(world),
      settings_(std::move(settings)),
      log_(log),
      transport_(std::make_unique<net::CurlTransport>()),
      storyline_(world.seed, settings_.heads),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Team::~Team() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

Result<std::string> Team::push(std::string_view story) {
    const std::lock_guard lock(mutex_);
    auto next = storyline_.next(story, world_.store.now());
    if (!next) return fail(next.error());
    std::string name = next->story;
    waiting_.push_back(std::move(*next));
    wake_.notify_one();
    return name;
}

void Team::run(const std::stop_token& stop) {
    std::size_t told = 0;
    const auto start = std::chrono::steady_clock::now();
    auto due = start + openingTime(0, world_.scheduler.speed());
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        const auto queued = [this] { return !waiting_.empty(); };
        if (settings_.every.count() > 0)
            wake_.wait_until(lock, stop, due, queued);
        else
            wake_.wait(lock, stop, queued);
        if (stop.stop_requested()) return;
        if (waiting_.empty() && settings_.every.count() > 0 && std::chrono::steady_clock::now() >= due) {
            if (auto next = storyline_.next({}, world_.store.now())) waiting_.push_back(std::move(*next));
            ++told;
            due = told < Storyline::kOpening ? start + openingTime(told, world_.scheduler.speed())
                                             : due + settings_.every;
        }
        if (waiting_.empty()) continue;
        const StoryPush story = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        deliver(story, stop);
    }
}

void Team::renewBases() {
    const std::string content = "renewed " + std::to_string(++baseVersions_);
    world_.registry.pushBase({"cerebral/ai-base", "cuda", {"amd64", "arm64"}, 400'000, content}, world_.store.now());
    world_.registry.pushBase({"cerebral/ai-base", "cpu", {"amd64"}, 250'000, content}, world_.store.now());
}

void Team::deliver(const StoryPush& story, const std::stop_token& stop) {
    world_.scenarios.plan(story.push.after, story.service, story.scenario);
    if (story.renewsBases) renewBases();
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = settings_.receiverUrl;
    request.version = net::HttpVersion::Http1;
    request.timeout = 10s;  // GitHub's own
    request.body = pushPayload(story.push);
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "GitHub-Hookshot/demo"},
                       {"X-GitHub-Event", "push"},
                       {"X-GitHub-Delivery", guid(world_.seed, ++deliveries_)},
                       {"X-GitHub-Hook-ID", "512345678"},
                       {"X-Hub-Signature-256", webhook::signBody(request.body, settings_.secret)}};
    const auto response = transport_->send(request, stop);
    if (response)
        log_.info("push delivered", {{"story", story.story},
                                     {"status", response->status},
                                     {"answer", std::string_view(response->body).substr(0, 300)}});
    else if (!stop.stop_requested())
        log_.warn("push not delivered", {{"story", story.story}, {"why", response.error().message}});
}

}  // namespace cerebral::demo
