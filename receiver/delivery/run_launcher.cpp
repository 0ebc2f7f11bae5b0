#include "receiver/delivery/run_launcher.h"

#include <memory>
#include <utility>

#include "core/pipeline/run_manifest.h"
#include "core/pipeline/run_name.h"
#include "receiver/delivery/pending_answer.h"

namespace cerebral::receiver {
namespace {

std::vector<RunAnswer> queuedAnswers(const std::vector<SpooledRun>& runs) {
    std::vector<RunAnswer> answers;
    answers.reserve(runs.size());
    for (const SpooledRun& run : runs) answers.push_back({run.name, run.service, RunOutcome::Queued, {}});
    return answers;
}

}  // namespace

void RunLauncher::launch(const std::vector<pipeline::BuildRequest>& builds, const config::Config& config,
                         std::string delivery, std::string reason, SteadyTime since, Answered answered) {
    auto runs = std::make_shared<std::vector<SpooledRun>>();
    runs->reserve(builds.size());
    for (const pipeline::BuildRequest& build : builds) {
        runs->push_back({pipeline::runName(build),
                         delivery,
                         build.service.name,
                         build.branch,
                         build.repository,
                         pipeline::runManifestJson(build, config),
                         RunState::Pending,
                         {}});
    }
    auto pending = std::make_shared<PendingAnswer>(std::move(delivery), std::move(reason), queuedAnswers(*runs),
                                                   std::move(answered));
    const auto onSafe = [this, runs, pending, since](const Result<std::vector<Added>>& added) {
        if (!added) return pending->failUnsafe(added.error().message);
        deadlines_.at(since + budget_, [pending] { pending->expire(); });
        for (std::size_t i = 0; i < runs->size(); ++i) {
            SpooledRun& run = (*runs)[i];
            if ((*added)[i] == Added::AlreadyDone) {
                pending->settle({run.name, RunOutcome::Duplicate, {}});
            } else {
                submitter_.submit(run.name, std::move(run.manifest),
                                  [pending](const Settled& settled) { pending->settle(settled); });
            }
        }
    };
    spool_.add(*runs, onSafe);
}

void RunLauncher::relaunch(std::vector<SpooledRun> runs, std::string delivery, std::string reason, SteadyTime since,
                           Answered answered) {
    auto pending = std::make_shared<PendingAnswer>(std::move(delivery), std::move(reason), queuedAnswers(runs),
                                                   std::move(answered));
    deadlines_.at(since + budget_, [pending] { pending->expire(); });
    // Pending again first: a crash before the API server answers must not lose what was promised.
    for (const SpooledRun& run : runs) spool_.mark(run.name, RunState::Pending, {});
    spool_.flush();
    if (!spool_.healthy()) return pending->failUnsafe("the spool cannot be written");
    for (SpooledRun& run : runs) {
        submitter_.submit(run.name, std::move(run.manifest),
                          [pending](const Settled& settled) { pending->settle(settled); });
    }
}

}  // namespace cerebral::receiver
