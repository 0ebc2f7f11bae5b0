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

void RunActions::checkRights() {
    for (const Right right : {Right::Rebuild, Right::Cancel, Right::Delete}) ask(right);
}

void RunActions::rebuild(rebuild::Order order, std::function<void(Result<rebuild::Receipt>)> done) {
    background_.run([&client = services_.client(), receiver = receiver_, order = std::move(order)](
                        const std::stop_token& stop) { return rebuild::send(client, receiver, order, stop); },
                    std::move(done));
}

void RunActions::cancel(std::string ns, std::string name, bool withFinally, std::function<void(Result<void>)> done) {
    const std::string body =
        std::string(R"({"spec":{"status":")") + (withFinally ? "CancelledRunFinally" : "Cancelled") + R"("}})";
    background_.run(
        [&client = services_.client(), ns = std::move(ns), name = std::move(name),
         body](const std::stop_token& stop) -> Result<void> {
            const auto answer =
                client.patch(kube::types::kPipelineRuns, ns, name, kube::PatchType::MergePatch, body, stop);
            if (!answer) return fail(answer.error());
            return {};
        },
        std::move(done));
}

void RunActions::remove(std::string ns, std::string name, std::function<void(Result<void>)> done) {
    background_.run(
        [&client = services_.client(), ns = std::move(ns),
         name = std::move(name)](const std::stop_token& stop) -> Result<void> {
            const auto answer = client.remove(kube::types::kPipelineRuns, ns, name, stop);
            if (!answer) return fail(answer.error());
            return {};
        },
        std::move(done));
}

}  // namespace cerebral::ui
