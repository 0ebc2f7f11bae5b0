#include "ui/bridge/run_actions.h"

namespace cerebral::ui {

RunActions::RunActions(RunServices& services, rebuild::Receiver receiver, QObject* parent)
    : QObject(parent), services_(services), receiver_(std::move(receiver)) {}

kube::Right RunActions::rightFor(Right right) const {
    switch (right) {
        case Right::Rebuild:
            return rebuild::rightToAsk(receiver_);
        case Right::Cancel:
            return {"patch", "tekton.dev", "pipelineruns", "", receiver_.ns, ""};
        case Right::Delete:
            return {"delete", "tekton.dev", "pipelineruns", "", receiver_.ns, ""};
    }
    return {};
}

void RunActions::ask(Right right) {
    const kube::Right wanted = rightFor(right);
    background_.run([&client = services_.client(),
                     wanted](const std::stop_token& stop) { return kube::mayI(client, wanted, stop); },
                    [this, right, wanted](const Result<kube::RightAnswer>& answer) {
                        QString refusal;
                        if (answer && !answer->allowed)
                            refusal = QStringLiteral("needs ") + QString::fromStdString(wanted.text());
                        QString& held = refusals_[static_cast<std::size_t>(right)];
                        if (held == refusal) return;
                        held = refusal;
                        emit rightsChanged();
                    });
}

void RunActions::leave(rebuild::Receiver receiver) {
    background_.cancel();
    receiver_ = std::move(receiver);
    refusals_.fill({});
    emit rightsChanged();
}

void RunActions::checkRights() {
    for (const Right right : {Right::Rebuild, Right::Cancel, Right::Delete}) ask(right);
}

std::stop_source RunActions::rebuild(rebuild::Order order, std::function<void(Result<rebuild::Receipt>)> done) {
    std::stop_source given;
    background_.run(
        [&client = services_.client(), receiver = receiver_, order = std::move(order),
         given](const std::stop_token& stop) mutable {
            const std::stop_callback both(stop, [&given] { given.request_stop(); });
            return rebuild::send(client, receiver, order, given.get_token());
        },
        std::move(done));
    return given;
}

std::stop_source RunActions::each(std::vector<RunRef> runs, OneRun act, Progress progress, Finished finished) {
    std::stop_source given;
    background_.run(
        [runs = std::move(runs), act = std::move(act), progress = std::move(progress), tell = background_.courier(),
         given](const std::stop_token& stop) mutable {
            const std::stop_callback both(stop, [&given] { given.request_stop(); });
            BatchOutcome outcome;
            outcome.all = runs.size();
            for (std::size_t tried = 0; tried < runs.size(); ++tried) {
                const auto result = given.stop_requested() ? Result<void>(fail(ErrorKind::Cancelled, "stopped"))
                                                           : act(runs[tried], given.get_token());
                outcome.done += result ? 1U : 0U;
                if (!result && !outcome.firstError) outcome.firstError = result.error();
                tell([progress, tried] { progress(tried + 1); });
                if (given.stop_requested()) break;
            }
            return outcome;
        },
        std::move(finished));
    return given;
}

std::stop_source RunActions::cancel(std::vector<RunRef> runs, bool withFinally, Progress progress,
                                    Finished finished) {
    const std::string body =
        std::string(R"({"spec":{"status":")") + (withFinally ? "CancelledRunFinally" : "Cancelled") + R"("}})";
    return each(
        std::move(runs),
        [&client = services_.client(), body](const RunRef& run, const std::stop_token& stop) -> Result<void> {
            const auto answer =
                client.patch(kube::types::kPipelineRuns, run.ns, run.name, kube::PatchType::MergePatch, body, stop);
            if (!answer) return fail(answer.error());
            return {};
        },
        std::move(progress), std::move(finished));
}

std::stop_source RunActions::remove(std::vector<RunRef> runs, Progress progress, Finished finished) {
    return each(
        std::move(runs),
        [&client = services_.client()](const RunRef& run, const std::stop_token& stop) -> Result<void> {
            const auto answer = client.remove(kube::types::kPipelineRuns, run.ns, run.name, stop);
            // Gone already is what was wanted.
            if (!answer && answer.error().kind != ErrorKind::NotFound) return fail(answer.error());
            return {};
        },
        std::move(progress), std::move(finished));
}

}  // namespace cerebral::ui
