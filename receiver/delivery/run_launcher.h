#pragma once
/// @file RunLauncher: makes build requests safe and starts them: names, manifests, spool, submitter,
/// answer budget. Pushes, rebuilds and replays all pass here. Thread-safe; `launch` does not block.

#include <functional>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/pipeline/build_request.h"
#include "receiver/delivery/answer.h"
#include "receiver/spool/spool.h"
#include "receiver/submit/submitter.h"
#include "receiver/threads/deadline_queue.h"

namespace cerebral::receiver {

class RunLauncher {
public:
    using Answered = std::function<void(DeliveryAnswer)>;

    RunLauncher(Spool& spool, Submitter& submitter, DeadlineQueue& deadlines, std::chrono::milliseconds budget)
        : spool_(spool), submitter_(submitter), deadlines_(deadlines), budget_(budget) {}

    /// `answered` is called once, at the latest `budget` after `since`; until then the disk alone can
    /// hold it up: nobody is told "queued" before the runs are safe.
    void launch(const std::vector<pipeline::BuildRequest>& builds, const config::Config& config, std::string delivery,
                std::string reason, SteadyTime since, Answered answered);
    /// Runs that are in the spool already, asked of the API server again, whatever is known of them.
    /// Blocks until they are pending on disk.
    void relaunch(std::vector<SpooledRun> runs, std::string delivery, std::string reason, SteadyTime since,
                  Answered answered);

private:
    Spool& spool_;
    Submitter& submitter_;
    DeadlineQueue& deadlines_;
    std::chrono::milliseconds budget_;
};

}  // namespace cerebral::receiver
