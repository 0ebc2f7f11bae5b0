#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/ctl/duration_text.h"
#include "app/ctl/output.h"
#include "app/ctl/subcommand.h"
#include "app/ctl/table.h"
#include "app/ctl/trace_journey.h"
#include "core/base/plain_text.h"
#include "core/base/time_format.h"
#include "core/journey/verdict.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;
using journey::Answer;
using journey::ServiceJourney;
using journey::StageState;
using journey::Verdict;

constexpr std::size_t kShownCommit = 8;

struct TraceOptions {
    ClusterOptions cluster;
    Format format = Format::Text;
    std::string commit;
};

bool isYes(const Answer& answer) {
    return answer.verdict == Verdict::Live || answer.verdict == Verdict::Included;
}

journey::Wording wordingAt(WallTime now) {
    // A terminal does not say in whose time zone it is read.
    return {[](WallTime at) { return formatRfc3339(at); }, [now](WallTime at) { return durationText(now - at); }};
}

/// "done 2m13s", "running 40s", "stuck ImagePullBackOff".
std::string stageText(const ServiceJourney& service, journey::Stage stage, WallTime now) {
    const journey::StageStatus& status = service.stage(stage);
    std::string text = journey::toString(status.state);
    if (stage == journey::Stage::Live && service.live) {
        text += " " + std::to_string(service.live->ready) + "/" + std::to_string(service.live->wanted);
    } else if (const auto duration = status.duration()) {
        text += " " + durationText(*duration);
    } else if (status.state == StageState::Running && status.start) {
        text += " " + durationText(now - status.start->at);
    }
    const bool bad = status.state == StageState::Failed || status.state == StageState::Stuck;
    return bad && !status.reason.empty() ? text + " " + status.reason : text;
}

Json momentJson(const Boxed<journey::Moment>& moment) {
    return moment ? Json(formatRfc3339Millis(moment->at)) : Json(nullptr);
}

Json stagesJson(const ServiceJourney& service) {
    Json stages = Json::array();
    for (const journey::Stage stage : journey::kStages) {
        const journey::StageStatus& status = service.stage(stage);
        stages.push_back(
            {{"stage", journey::toString(stage)},
             {"state", journey::toString(status.state)},
             {"start", momentJson(status.start)},
             {"end", momentJson(status.end)},
             {"object",
              {{"kind", status.object.kind()}, {"namespace", status.object.ns()}, {"name", status.object.name()}}},
             {"reason", status.reason},
             {"detail", status.detail}});
    }
    return stages;
}

Json answerJson(const Answer& answer, const journey::PushPtr& push, const std::string& words) {
    Json json{{"commit", answer.commit},
              {"service", answer.service},
              {"verdict", journey::toString(answer.verdict)},
              {"live", isYes(answer)},
              {"words", words},
              {"ready", answer.ready},
              {"wanted", answer.wanted},
              {"stage", journey::toString(answer.stage)},
              {"since", answer.since ? Json(formatRfc3339(*answer.since)) : Json(nullptr)},
              {"reason", answer.reason},
              {"byCommit", answer.byCommit},
              {"byDigest", answer.byDigest}};
    if (!push) return json;
    json["branch"] = push->branch;
    json["message"] = push->message;
    json["author"] = push->author;
    if (const ServiceJourney* service = push->find(answer.service)) {
        json["run"] = service->run.name();
        json["image"] = service->image;
        json["digest"] = service->digest;
        json["stages"] = stagesJson(*service);
    }
    return json;
}

void printTable(const std::vector<Answer>& answers, const journey::PushBook& book, WallTime now) {
    std::vector<std::string> header{"SERVICE"};
    for (const journey::Stage stage : journey::kStages) {
        std::string name = journey::toString(stage);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        header.push_back(std::move(name));
    }
    header.emplace_back("RUN");
    Table table(std::move(header));
    bool any = false;
    for (const Answer& answer : answers) {
        const auto push = book.find(answer.pushKey);
        const ServiceJourney* service = push ? push->find(answer.service) : nullptr;
        if (service == nullptr) continue;
        any = true;
        std::vector<std::string> row{service->service};
        for (const journey::Stage stage : journey::kStages) row.push_back(stageText(*service, stage, now));
        row.push_back(service->run.name());
        table.add(row);
    }
    if (!any) return;
    std::cout << '\n';
    table.print(std::cout);
}

void printAnswers(const std::vector<Answer>& answers, const journey::PushBook& book, WallTime now) {
    const journey::Wording wording = wordingAt(now);
    for (const Answer& answer : answers) {
        const std::string subject =
            answer.commit.substr(0, kShownCommit) + (answer.service.empty() ? "" : " " + answer.service);
        std::cout << plainLine(subject + " " + journey::sentence(answer, wording)) << '\n';
    }
    printTable(answers, book, now);
}

int trace(const TraceOptions& options, const Clock& clock) {
    const auto commit = journey::parseCommitQuery(options.commit);
    if (!commit) {
        std::cerr << "cerebralctl: " << plainLine(options.commit, 80)
                  << " is no commit: 4 to 40 hex digits, or a link\n";
        return kUsage;
    }
    const auto connection = ClusterConnection::open(options.cluster, clock);
    if (!connection) return reportError(connection.error());
    const auto traced = traceCommit((*connection)->client(), options.cluster.ns, *commit);
    if (!traced) return reportError(traced.error());
    const auto answers = journey::isLive(traced->book, *commit);
    const WallTime now = clock.now();
    if (options.format == Format::Json) {
        Json all = Json::array();
        for (const Answer& answer : answers) {
            all.push_back(
                answerJson(answer, traced->book.find(answer.pushKey), journey::sentence(answer, wordingAt(now))));
        }
        printJson({{"commit", *commit},
                   {"live", std::all_of(answers.begin(), answers.end(), isYes)},
                   {"answers", std::move(all)},
                   {"gaps", traced->gaps}});
    } else {
        printAnswers(answers, traced->book, now);
    }
    for (const std::string& gap : traced->gaps) std::cerr << "cerebralctl: not read: " << plainLine(gap) << '\n';
    return std::all_of(answers.begin(), answers.end(), isYes) ? kOk : kFailed;
}

}  // namespace

Subcommand addTrace(CLI::App& parent, const Clock& clock) {
    CLI::App* app = parent.add_subcommand("trace", "Is my commit live? Where does it stand?");
    const auto options = std::make_shared<TraceOptions>();
    app->add_option("commit", options->commit, "the commit, 4 to 40 hex digits, or a link to it")
        ->required()
        ->type_name("SHA");
    addClusterOptions(*app, options->cluster);
    addOutputOption(*app, options->format);
    app->footer(
        "Exit code 0: every service the commit concerned runs it, or a later commit with it, in all its pods.");
    return {app, [options, &clock] { return trace(*options, clock); }};
}

}  // namespace cerebral::ctl
