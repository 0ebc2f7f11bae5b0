#pragma once
/// @file SmallWorld: a receiver's run, its tasks and the Deployment it rolls, put together by hand. Times are
/// seconds after `kNoon`.

#include <string>
#include <vector>

#include "core/journey/push_book.h"

namespace cerebral::test {

extern const WallTime kNoon;
[[nodiscard]] WallTime noonPlus(int seconds);
/// Forty times the digit.
[[nodiscard]] std::string commit(char digit);
/// "sha256:" and sixty-four times the digit.
[[nodiscard]] std::string digest(char digit);

class SmallWorld {
public:
    SmallWorld();

    struct RunOptions {
        std::string service = "ai-services";
        char commit = 'a';
        char before = '0';
        std::string ref = "refs/heads/main";
        int at = 0;  ///< received
        bool deploy = true;
        std::string reason;
        std::string requestId;
    };
    /// A run as the receiver makes it, without any task yet. Returns its name.
    std::string push(const RunOptions& options);
    /// git-clone-task, kaniko-build-task or deploy-task goes on, or is over.
    void begin(const std::string& run, const std::string& task, int at);
    /// Its pod was made only then.
    void taskPod(const std::string& run, const std::string& task, int at);
    void finish(const std::string& run, const std::string& task, int at, char digest = 0);
    void fail(const std::string& run, const std::string& task, int at, int exitCode);
    void cancelTask(const std::string& run, const std::string& task, int at);
    void end(const std::string& run, int at, tekton::ConditionStatus status, const std::string& reason);
    /// The cluster has forgotten its TaskRuns before they were read; the run's counts are left.
    void forgetTasks(const std::string& run, const std::string& message);
    void annotate(const std::string& run, std::string_view key, const std::string& value);
    void remove(const std::string& run);
    /// Clone, build and deploy all went well.
    std::string deployed(const RunOptions& options, char digest);

    /// The template asks for `image` since `at`: a new ReplicaSet of the next revision.
    void setImage(const std::string& service, char digest, int at);
    void restart(const std::string& service, int at);
    /// Pods of the newest ReplicaSet; `ready` of `count` are. Pods of older ones stay until `dropOldPods`.
    void pods(const std::string& service, int count, int ready, int at);
    void dropOldPods(const std::string& service);
    /// The Deployment keeps no history of revisions.
    void dropOldSets(const std::string& service);
    /// The newest pod cannot pull its image.
    void breakPod(const std::string& service, int at);
    /// What the Deployment's controller says: Progressing's reason, at.
    void progress(const std::string& service, const std::string& reason, int at);

    /// Hands over everything changed since, and updates.
    journey::PushChanges update();

    [[nodiscard]] journey::PushBook& book() { return book_; }
    /// The only push with this commit.
    [[nodiscard]] journey::PushPtr pushOf(char commit) const;
    [[nodiscard]] const journey::ServiceJourney& only(char commit) const;

private:
    tekton::TaskRun& task(const std::string& run, const std::string& name);
    tekton::PipelineRun& run(const std::string& name);
    kube::Deployment& deployment(const std::string& service);
    kube::ReplicaSet& newestSet(const std::string& service);
    void count(const std::string& service);

    journey::PushBook book_;
    int version_ = 0;
    std::vector<tekton::PipelineRun> runs_;
    std::vector<tekton::TaskRun> tasks_;
    std::vector<kube::Deployment> deployments_;
    std::vector<kube::ReplicaSet> sets_;
    std::vector<kube::Pod> pods_;
    std::vector<kube::ReplicaSet> goneSets_;
    std::vector<kube::Pod> gonePods_;
    std::vector<tekton::PipelineRun> goneRuns_;
};

}  // namespace cerebral::test
