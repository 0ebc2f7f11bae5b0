#pragma once
/// @file ManyPushes: finished runs of one branch, each push going on where the one before ended, and Deployments that
/// run the last ones. For lookups over long histories; what happens within a run is SmallWorld's.

#include <string>
#include <vector>

#include "core/journey/push_book.h"

namespace cerebral::test {

class ManyPushes {
public:
    /// `commonDigits`: how many of a commit's first digits are the same in all of them.
    ManyPushes(std::size_t pushes, std::size_t services, std::size_t commonDigits = 0);

    /// 40 hex digits; the push of number 0 is the oldest.
    [[nodiscard]] std::string commit(std::size_t number) const;
    [[nodiscard]] std::string service(std::size_t number) const;
    [[nodiscard]] std::string delivery(std::size_t number) const;
    /// The run of one push; it builds one of the services, in turn.
    [[nodiscard]] kube::ObjectPtr<tekton::PipelineRun> run(std::size_t number) const;
    /// All runs, and each service in one ready pod with the image of its last push. Without `update`.
    void fill(journey::PushBook& book) const;
    /// The pod of a service's last push.
    [[nodiscard]] kube::ObjectPtr<kube::Pod> pod(std::size_t number, bool ready) const;

private:
    [[nodiscard]] std::string image(std::size_t number) const;
    [[nodiscard]] kube::ObjectPtr<kube::Deployment> deployment(std::size_t number) const;
    [[nodiscard]] kube::ObjectPtr<kube::ReplicaSet> replicaSet(std::size_t number) const;

    std::size_t pushes_;
    std::size_t services_;
    std::size_t commonDigits_;
};

}  // namespace cerebral::test
