#pragma once
/// @file Feed<T>: a store, its sink and the reflector that fills it. Private to the session.

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "core/kube/reflector.h"
#include "core/kube/session/connection_state.h"

namespace cerebral::session {

/// What is common to feeds of all kinds.
class FeedBase {
public:
    FeedBase(Kind kind, std::string ns) : kind_(kind), ns_(std::move(ns)) {}
    virtual ~FeedBase() = default;
    FeedBase(const FeedBase&) = delete;
    FeedBase& operator=(const FeedBase&) = delete;

    /// Once; later calls do nothing. Not at the same time as `reflector().stop()`.
    void start() {
        if (!started_.exchange(true)) reflector_->start();
    }
    [[nodiscard]] bool started() const noexcept { return started_; }
    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& ns() const noexcept { return ns_; }
    [[nodiscard]] FeedState state() const { return {kind_, ns_, reflector_->state()}; }
    [[nodiscard]] kube::Reflector& reflector() noexcept { return *reflector_; }

protected:
    std::unique_ptr<kube::Reflector> reflector_;

private:
    Kind kind_;
    std::string ns_;
    std::atomic<bool> started_{false};
};

template <class T>
class Feed final : public FeedBase {
public:
    using MakeSink = std::function<std::unique_ptr<kube::ObjectSink>(kube::Store<T>&)>;

    Feed(Kind kind, kube::KubeClient& client, Clock& clock, std::shared_ptr<kube::ServerFeatures> features,
         kube::ReflectorOptions options, const MakeSink& makeSink, typename kube::Store<T>::Listener onChanges,
         kube::Reflector::StateListener onState)
        : FeedBase(kind, options.ns), sink_(makeSink(store_)) {
        store_.setListener(std::move(onChanges));
        reflector_ =
            std::make_unique<kube::Reflector>(client, *sink_, clock, std::move(features), std::move(options));
        reflector_->setStateListener(std::move(onState));
    }

    [[nodiscard]] const kube::Store<T>& store() const noexcept { return store_; }

private:
    kube::Store<T> store_;
    std::unique_ptr<kube::ObjectSink> sink_;
};

}  // namespace cerebral::session
