#include "core/kube/reflector.h"

#include <utility>

#include "core/kube/reflector_cycle.h"

namespace cerebral::kube {

Reflector::Reflector(KubeClient& client, ObjectSink& sink, Clock& clock, std::shared_ptr<ServerFeatures> features,
                     ReflectorOptions options)
    : client_(client), sink_(sink), clock_(clock), features_(std::move(features)), options_(std::move(options)) {
    state_.since = clock_.steadyNow();
}

Reflector::~Reflector() = default;

void Reflector::setStateListener(StateListener listener) {
    listener_ = std::move(listener);
}

void Reflector::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Reflector::run(std::stop_token stop) {
    Cycle(*this, std::move(stop)).run();
}

void Reflector::requestStop() {
    thread_.request_stop();
}

void Reflector::stop() {
    requestStop();
    if (thread_.joinable()) thread_.join();
}

void Reflector::relist() {
    const std::scoped_lock lock(mutex_);
    relistWanted_ = true;
    wake_.request_stop();
    interrupt_.request_stop();
}

std::stop_source Reflector::interruptible() {
    const std::scoped_lock lock(mutex_);
    interrupt_ = std::stop_source();
    if (relistWanted_) interrupt_.request_stop();
    return interrupt_;
}

bool Reflector::takeRelistRequest() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(relistWanted_, false);
}

void Reflector::retryNow() {
    const std::scoped_lock lock(mutex_);
    wake_.request_stop();
}

SyncState Reflector::state() const {
    const std::scoped_lock lock(mutex_);
    return state_;
}

void Reflector::pause(std::chrono::milliseconds duration, const std::stop_token& stop) {
    std::stop_source wake;
    {
        const std::scoped_lock lock(mutex_);
        wake_ = wake;
    }
    const std::stop_callback alsoOnStop(stop, [&wake] { wake.request_stop(); });
    clock_.waitFor(duration, wake.get_token());
}

}  // namespace cerebral::kube
