#include "ui/models/push_context.h"

#include <unordered_map>

#include "ui/models/format.h"

namespace cerebral::ui {

LiveImage liveImage(const PushModel& pushes, const std::string& service) {
    const journey::ServiceJourney* live = nullptr;
    const journey::Push* newest = nullptr;
    pushes.forEach([&](const journey::Push& push) {
        const journey::ServiceJourney* each = push.find(service);
        if (each == nullptr || !each->live || each->digest.empty()) return;
        if (each->stage(journey::Stage::Live).state != journey::StageState::Done) return;
        if (newest != nullptr && push.begunAt <= newest->begunAt) return;
        newest = &push;
        live = each;
    });
    if (live == nullptr) return {};
    const QString words = QStringLiteral("%1@%2 in %3/%4 pods")
                              .arg(fromUtf8(newest->branch), shortDigest(live->digest))
                              .arg(live->live->ready)
                              .arg(live->live->wanted);
    return {words, live->live->since};
}

int pushesBetween(const PushModel& pushes, const std::string& branch, const std::string& before,
                  const std::string& after) {
    std::unordered_map<std::string, std::string> parents;
    pushes.forEach([&](const journey::Push& push) {
        // A rebuild moves no branch.
        if (push.branch != branch || push.trigger == "rebuild" || push.commit.empty() || push.before.empty()) return;
        parents.emplace(push.commit, push.before);
    });
    int count = 0;
    std::string at = after;
    while (at != before) {
        const auto parent = parents.find(at);
        if (parent == parents.end()) return 0;
        at = parent->second;
        parents.erase(parent);  // no way back: it ends
        ++count;
    }
    return count;
}

}  // namespace cerebral::ui
