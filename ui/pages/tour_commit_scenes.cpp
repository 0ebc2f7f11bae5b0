#include "ui/pages/tour_commit_scenes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "ui/models/format.h"
#include "ui/pages/main_window.h"

namespace cerebral::ui {
namespace {

/// Asks for the commits of the pushes in turn, newest first, until an answer is the wanted one.
class CommitSearch {
public:
    using Wanted = std::function<bool(const CommitAnswer&)>;
    /// `state`: only pushes in it are worth asking for.
    CommitSearch(MainWindow& window, Wanted wanted, std::optional<journey::PushState> state)
        : window_(window), wanted_(std::move(wanted)), state_(state) {}

    void begin() {
        PushesPage& page = window_.pushesPage();
        window_.bringUp(&page);
        commits_.clear();
        const PushModel& pushes = page.view().pushModel();
        for (int row = 0; row < pushes.rowCount(); ++row) {
            const auto push = pushes.pushAt(pushes.index(row, 0));
            if (!push->commit.empty() && (!state_ || push->state() == *state_)) commits_ << fromUtf8(push->commit);
        }
        commits_.removeDuplicates();
        next();
    }
    bool found() {
        const CommitAnswer& answer = window_.pushesPage().commitBox().answer();
        const bool asked = !window_.pushesPage().commitBox().commit().isEmpty();
        if (asked && answer.lines.empty()) return false;
        if (asked && wanted_(answer)) return true;
        commits_.isEmpty() ? begin() : next();
        return false;
    }

private:
    void next() {
        if (!commits_.isEmpty()) window_.pushesPage().commitBox().field().setText(commits_.takeFirst());
    }

    MainWindow& window_;
    Wanted wanted_;
    std::optional<journey::PushState> state_;
    QStringList commits_;
};

}  // namespace

void addCommitScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    PushesPage& page = window.pushesPage();
    const auto clear = [&page] { page.commitBox().field().clear(); };
    const auto add = [&](const char* name, const CommitSearch::Wanted& wanted,
                         std::optional<journey::PushState> state = {}) {
        const auto search = std::make_shared<CommitSearch>(window, wanted, state);
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.show = [search] { search->begin(); };
        scene.ready = [search] { return search->found(); };
        scene.leave = clear;
        scene.seldom = true;
        scenes.push_back(std::move(scene));
    };
    const auto says = [](const char* verdict, const char* rest = "") {
        return [verdict, rest](const CommitAnswer& answer) {
            const AnswerLine& line = answer.lines.front();
            return answer.lines.size() == 1 && line.verdict.startsWith(QLatin1String(verdict)) &&
                   line.rest.contains(QLatin1String(rest));
        };
    };
    add("pushes-commit-live", says("is live in"), journey::PushState::Live);
    // Of a single service: after one of all of them, the team's next push is.
    scenes.back().seldom = false;
    scenes.back().mostWaitMs = kMostWaitMs;
    add("pushes-commit-several", [](const CommitAnswer& answer) { return answer.lines.size() > 1; });
    add("pushes-commit-included", says("is included in"));
    add("pushes-commit-replaced", says("is not live any more"));
    add("pushes-commit-superseded", says("is not live", "superseded"));
    add("pushes-commit-ignored", says("was not built"), journey::PushState::Ignored);
    // The demonstration's team pushes such a commit right behind its opening.
    scenes.back().seldom = false;
    scenes.back().mostWaitMs = kMostWaitMs;
    add("pushes-commit-stuck", says("is not live", "stuck"));
    const auto typed = [&](const char* name, const QString& text, const std::function<bool()>& ready) {
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.show = [&window, &page, text] {
            window.bringUp(&page);
            page.commitBox().field().setText(text);
        };
        scene.ready = ready;
        scene.leave = clear;
        scenes.push_back(std::move(scene));
    };
    typed("pushes-commit-unknown", QStringLiteral("c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00"),
          [&page] { return !page.commitBox().answer().lines.empty(); });
    typed("pushes-commit-invalid", QStringLiteral("release-2.4"),
          [&page] { return page.commitBox().commit().isEmpty(); });
}

}  // namespace cerebral::ui
