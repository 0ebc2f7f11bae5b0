#include "ui/pages/palette_entries.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/pages/main_window.h"
#include "ui/widgets/push_delegate.h"
#include "ui/widgets/run_delegate.h"

namespace cerebral::ui {
namespace {

constexpr std::size_t kMostEach = 4;
constexpr std::size_t kMostAll = 12;

class Collector {
public:
    Collector(const QString& query, const QStringList& recent) : query_(query), recent_(recent) {}

    /// Also finds by `hidden`, which is not shown.
    void offer(PaletteEntry entry, const QString& hidden = {}) {
        auto match = paletteMatch(query_, entry.text);
        if (!match && !hidden.isEmpty() && paletteMatch(query_, entry.text + QLatin1Char(' ') + hidden)) {
            const QStringList words = query_.split(QLatin1Char(' '), Qt::SkipEmptyParts);
            match = PaletteMatch{9, wordsIn(words, entry.text)};
            QStringList others;
            for (const QString& word : words) {
                if (!entry.text.contains(word, Qt::CaseInsensitive)) others << word;
            }
            entry.detailSpans = wordsIn(others, entry.detail);
            entry.endSpans = wordsIn(others, entry.detailEnd);
        }
        if (!match) return;
        ++matched_;
        entry.match = std::move(*match);
        found_.push_back(std::move(entry));
    }

    /// What was offered since the last call is a group: its best, of equal ones what was run last, else in the
    /// order it was offered.
    void endGroup() {
        std::stable_sort(found_.begin(), found_.end(), [this](const PaletteEntry& a, const PaletteEntry& b) {
            return a.match.score != b.match.score ? a.match.score < b.match.score : rank(a) < rank(b);
        });
        if (found_.size() > kMostEach) found_.resize(kMostEach);
        groups_.push_back(std::exchange(found_, {}));
    }

    PaletteOffer result() {
        std::size_t count = 0;
        for (const auto& group : groups_) count += group.size();
        // Where there is no room for all, each gives up as much as the others.
        for (; count > kMostAll; --count) {
            const auto largest = std::max_element(groups_.rbegin(), groups_.rend(),
                                                  [](const auto& a, const auto& b) { return a.size() < b.size(); });
            largest->pop_back();
        }
        PaletteOffer offer;
        offer.all = matched_;
        for (auto& group : groups_) std::move(group.begin(), group.end(), std::back_inserter(offer.entries));
        return offer;
    }

private:
    [[nodiscard]] qsizetype rank(const PaletteEntry& entry) const {
        const qsizetype at = recent_.indexOf(entry.text);
        return at < 0 ? recent_.size() : at;
    }

    QString query_;
    const QStringList& recent_;
    std::vector<PaletteEntry> found_;
    std::vector<std::vector<PaletteEntry>> groups_;
    std::size_t matched_ = 0;
};

std::vector<PaletteEntry> actionEntries(DeskActions& actions, const ActionTarget& target, const QString& group) {
    std::vector<PaletteEntry> entries;
    for (const DeskAction& action : actions.actionsFor(target)) {
        PaletteEntry entry;
        entry.group = group;
        entry.icon = action.icon;
        entry.text = action.text;
        entry.keys = action.keys;
        entry.refusal = action.refusal;
        entry.run = action.run;
        if (action.choices.empty() || !action.refusal.isEmpty()) {
            entries.push_back(std::move(entry));
            continue;
        }
        // What does harm is asked about where one is.
        for (const DeskAction::Choice& choice : action.choices) {
            entry.text = choice.text + QStringLiteral("…");
            entry.run = choice.run;
            entry.asks = true;
            entries.push_back(entry);
            entry.keys.clear();
        }
    }
    return entries;
}

/// What the row of a push says: of one that was cancelled in some services only, how many are live.
QString stateOf(const journey::Push& push) {
    const journey::PushState state = push.state();
    const bool cancelled = state == journey::PushState::Superseded || state == journey::PushState::Cancelled;
    const journey::StageSummary live = journey::summarize(push, journey::Stage::Live);
    return cancelled && live.done > 0 ? QStringLiteral("%1/%2 live").arg(live.done).arg(live.total)
                                      : pushStateWord(state);
}

/// Within a sentence; names like "ExceededResourceQuota" stay what they are.
QString continued(const QString& words) {
    const QString first = words.section(QLatin1Char(' '), 0, 0);
    const bool name = first.mid(1).toLower() != first.mid(1);
    return name ? words : words.left(1).toLower() + words.mid(1);
}

void offerPushes(Collector& collector, MainWindow& window) {
    const PushModel& pushes = window.pushesPage().view().pushModel();
    std::vector<journey::PushPtr> newest;
    pushes.forEach([&](const journey::Push& push) {
        if (auto held = pushes.pushFor(push.key)) newest.push_back(std::move(held));
    });
    std::sort(newest.begin(), newest.end(), [](const auto& a, const auto& b) { return a->begunAt > b->begunAt; });
    for (const journey::PushPtr& push : newest) {
        PaletteEntry entry;
        entry.group = QStringLiteral("Pushes");
        entry.status = statusOf(*push, pushes.held());
        const QString sha = shortSha(fromUtf8(push->commit));
        entry.text = sha.isEmpty() ? pushTitle(*push) : sha + QLatin1Char(' ') + pushTitle(*push);
        entry.code = sha.size();
        entry.detail = QStringLiteral("%1 on %2").arg(stateOf(*push), pushBranch(*push));
        QStringList scope = pushScope(*push).split(QStringLiteral(", "));
        entry.detailEnd = scope.takeLast();
        if (!scope.isEmpty()) entry.detail += QStringLiteral(", ") + scope.join(QStringLiteral(", "));
        entry.run = [&window, key = QString::fromStdString(push->key)] {
            window.bringUp(&window.pushesPage());
            window.pushesPage().showPush(key);
        };
        if (!push->commit.empty()) entry.link = AppLink{AppLink::Kind::Commit, {}, {}, fromUtf8(push->commit)};
        entry.more = [&window, push] {
            DeskActions& actions = window.actions();
            return actionEntries(actions, actions.targetOf(*push, {}), pushTitle(*push));
        };
        collector.offer(std::move(entry), fromUtf8(push->commit) + QLatin1Char(' ') + pushPerson(*push) +
                                              QLatin1Char(' ') + pushScope(*push) + QLatin1Char(' ') +
                                              pushBranch(*push));
    }
}

void offerRuns(Collector& collector, MainWindow& window, const RunSet& runs) {
    std::vector<const RunRow*> newest;
    runs.forEach([&](const RunRow& row) { newest.push_back(&row); });
    std::sort(newest.begin(), newest.end(),
              [](const RunRow* a, const RunRow* b) { return a->createdMs > b->createdMs; });
    for (const RunRow* row : newest) {
        PaletteEntry entry;
        entry.group = QStringLiteral("Runs");
        entry.status = statusOf(row->state, window.pushesPage().view().pushModel().held());
        entry.text = row->name();
        entry.code = entry.text.size();
        entry.detail = stateWord(row->state);
        if (row->reason.startsWith(entry.detail)) {
            entry.detail = row->reason;
        } else if (!row->reason.isEmpty()) {
            entry.detail += QStringLiteral(", ") + continued(row->reason);
        }
        entry.run = [&window, uid = row->uid] { window.showRun(uid); };
        entry.link = AppLink{AppLink::Kind::Run, fromUtf8(row->run->meta.ns), row->name(), {}};
        entry.more = [&window, &runs, uid = row->uid] {
            DeskActions& actions = window.actions();
            const RunRow* held = runs.find(uid);
            return held == nullptr ? std::vector<PaletteEntry>()
                                   : actionEntries(actions, actions.targetOf(*held), held->name());
        };
        collector.offer(std::move(entry),
                        row->commit() + QLatin1Char(' ') + row->branch + QLatin1Char(' ') + row->message());
    }
}

}  // namespace

PaletteOffer paletteEntries(MainWindow& window, const QString& query) {
    Collector collector(query, window.recentCommands());
    const ActionTarget target = window.currentTarget();
    if (!target.empty()) {
        for (PaletteEntry& entry : actionEntries(window.actions(), target, QStringLiteral("Actions"))) {
            collector.offer(std::move(entry));
        }
    } else {
        PaletteEntry rebuild;
        rebuild.group = QStringLiteral("Actions");
        rebuild.icon = QStringLiteral("rebuild");
        rebuild.text = QStringLiteral("Rebuild…");
        rebuild.keys = QStringLiteral("R");
        rebuild.run = [&window] { window.actions().openRebuild({}); };
        collector.offer(std::move(rebuild));
    }
    collector.endGroup();
    for (PaletteEntry& entry : window.windowCommands()) collector.offer(std::move(entry));
    collector.endGroup();
    offerPushes(collector, window);
    collector.endGroup();
    offerRuns(collector, window, window.runs());
    collector.endGroup();
    return collector.result();
}

}  // namespace cerebral::ui
