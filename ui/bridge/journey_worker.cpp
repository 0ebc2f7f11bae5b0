#include "ui/bridge/journey_worker.h"

#include <chrono>

namespace cerebral::ui {
namespace {

constexpr std::chrono::milliseconds kQuiet{40};
/// Where a first list takes longer, the first pushes are shown before its end.
constexpr std::chrono::milliseconds kGatherAtMost{1000};
/// New runs in one go, of which only a first list brings as many.
constexpr std::size_t kPartOfAList = 200;

}  // namespace

JourneyWorker::JourneyWorker(journey::JourneyRules rules, PushListener onPushes)
    : onPushes_(std::move(onPushes)),
      book_(std::move(rules)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

JourneyWorker::~JourneyWorker() {
    thread_.request_stop();
    thread_.join();
}

void JourneyWorker::wake() {
    {
        const std::scoped_lock lock(mutex_);
        dirty_ = true;
    }
    woken_.notify_one();
}

void JourneyWorker::setDeliveries(std::vector<journey::DeliveryRecord> deliveries) {
    {
        const std::scoped_lock lock(mutex_);
        questions_.emplace_back([records = std::move(deliveries)](journey::PushBook& book) mutable {
            book.setDeliveries(std::move(records));
        });
    }
    wake();
}

void JourneyWorker::ask(std::string commit, std::function<void(std::vector<journey::Answer>)> answer) {
    {
        const std::scoped_lock lock(mutex_);
        questions_.emplace_back([commit = std::move(commit), answer = std::move(answer)](journey::PushBook& book) {
            answer(journey::isLive(book, commit));
        });
    }
    wake();
}

void JourneyWorker::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            if (!woken_.wait(lock, stop, [this] { return dirty_; })) return;
            dirty_ = false;
        }
        if (book_.size() == 0 || listing_) gather(stop);
        work();
    }
}

void JourneyWorker::gather(const std::stop_token& stop) {
    const auto atMost = std::chrono::steady_clock::now() + kGatherAtMost;
    std::unique_lock lock(mutex_);
    while (std::chrono::steady_clock::now() < atMost) {
        if (!woken_.wait_for(lock, stop, kQuiet, [this] { return dirty_; })) return;
        dirty_ = false;
    }
}

void JourneyWorker::work() {
    const auto runs = runs_.take();
    listing_ = runs.added.size() >= kPartOfAList;
    book_.apply(runs);
    book_.apply(taskRuns_.take());
    book_.apply(pods_.take());
    book_.apply(deployments_.take());
    book_.apply(replicaSets_.take());
    std::deque<std::function<void(journey::PushBook&)>> questions;
    {
        const std::scoped_lock lock(mutex_);
        questions.swap(questions_);
    }
    for (const auto& question : questions) question(book_);
    if (const journey::PushChanges changes = book_.update(); !changes.empty()) onPushes_(changes);
}

}  // namespace cerebral::ui
