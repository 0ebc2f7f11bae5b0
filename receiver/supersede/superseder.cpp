#include "receiver/supersede/superseder.h"

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/pipeline/run_name.h"
#include "core/tekton/decode.h"
#include "core/tekton/run_labels.h"
#include "receiver/supersede/choose_superseded.h"

namespace cerebral::receiver {
namespace {

namespace labels = tekton::labels;

constexpr std::chrono::seconds kRetryAfter{2};

bool isPermanent(const Error& error) {
    return error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound ||
           error.kind == ErrorKind::Invalid || error.kind == ErrorKind::Unsupported;
}

std::string cancelPatch(const std::string& by) {
    nlohmann::json patch;
    patch["spec"]["status"] = "CancelledRunFinally";
    patch["metadata"]["annotations"][std::string(labels::kSupersededBy)] = by;
    return patch.dump();
}

}  // namespace

Superseder::Superseder(Parts parts)
    : parts_(std::move(parts)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

Superseder::~Superseder() {
    thread_.request_stop();
    thread_.join();
}

void Superseder::onRunExists(const std::string& name) {
    {
        const std::scoped_lock lock(mutex_);
        names_.push_back(name);
    }
    changed_.notify_all();
}

bool Superseder::waitUntilIdle(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [this] { return names_.empty() && !busy_; });
}

void Superseder::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        if (!changed_.wait(lock, stop, [this] { return !names_.empty(); }) || stop.stop_requested()) return;
        const auto names = std::exchange(names_, {});
        busy_ = true;
        lock.unlock();
        look(names, stop);
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
}

void Superseder::look(const std::deque<std::string>& names, const std::stop_token& stop) {
    const bool wanted = parts_.config.get()->supersede;
    std::map<Group, std::vector<std::string>> groups;
    for (const std::string& name : names) {
        if (!wanted) {
            parts_.spool.mark(name, RunState::Done, {});
            continue;
        }
        const auto run = parts_.spool.find(name);
        if (run && *run) groups[{(*run)->repository, (*run)->service, (*run)->branch}].push_back(name);
    }
    bool again = false;
    for (const auto& [group, members] : groups) {
        const auto looked = cancelOlder(group, stop);
        if (looked || isPermanent(looked.error())) {
            for (const std::string& name : members) parts_.spool.mark(name, RunState::Done, {});
        } else if (looked.error().kind != ErrorKind::Cancelled) {
            again = true;
            for (const std::string& name : members) onRunExists(name);
        }
        if (!looked && isPermanent(looked.error()) && !std::exchange(saidForbidden_, true)) {
            parts_.log.warn("older runs cannot be superseded", {{"error", looked.error().message}});
        }
    }
    if (again) parts_.clock.waitFor(kRetryAfter, stop);
}

Result<void> Superseder::cancelOlder(const Group& group, const std::stop_token& stop) {
    kube::ListOptions options;
    options.labelSelector = std::string(labels::kManagedBy) + "=" + std::string(labels::kManagedByValue) + "," +
                            std::string(labels::kService) + "=" + group.service + "," + std::string(labels::kBranch) +
                            "=" + pipeline::labelForBranch(group.branch);
    const auto list = parts_.client.list(kube::types::kPipelineRuns, parts_.ns, options, stop);
    if (!list) return fail(list.error());
    kube::Store<tekton::PipelineRun> store;
    const auto sink = tekton::makePipelineRunSink(store);
    if (auto page = sink->addPage(*list, false); !page) return fail(page.error());
    sink->commitList();

    std::size_t cancelled = 0;
    for (const Superseded& one : chooseSuperseded(store.snapshot(), group.repository)) {
        const auto patched = parts_.client.patch(kube::types::kPipelineRuns, parts_.ns, one.run,
                                                 kube::PatchType::MergePatch, cancelPatch(one.by), stop);
        if (!patched) {
            // It may have finished or gone meanwhile: Tekton refuses to change a finished run.
            if (patched.error().kind == ErrorKind::NotFound || patched.error().kind == ErrorKind::Invalid) continue;
            return fail(patched.error());
        }
        ++cancelled;
        parts_.log.info("run superseded",
                        {{"run", one.run}, {"by", one.by}, {"service", group.service}, {"branch", group.branch}});
    }
    if (cancelled > 0) parts_.metrics.runsSuperseded(cancelled);
    return {};
}

}  // namespace cerebral::receiver
