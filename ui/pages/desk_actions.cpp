#include "ui/pages/desk_actions.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QRegularExpression>
#include <QUrl>
#include <algorithm>

#include "core/tekton/run_labels.h"
#include "ui/models/format.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/theme/style_menu.h"
#include "ui/widgets/question.h"

namespace cerebral::ui {
namespace {

using Right = RunActions::Right;

QString countOf(std::size_t count) {
    return count == 1 ? QStringLiteral("1 run") : QStringLiteral("%1 runs").arg(count);
}

/// Whose they are, so that nobody stops more than they mean to; of a single run its title says it.
QString namesOf(const std::vector<const RunRow*>& rows) {
    constexpr int kMost = 6;
    if (rows.size() < 2) return {};
    QStringList names;
    for (const RunRow* row : rows) names << row->service;
    names.removeDuplicates();
    names.sort();
    const auto more = names.size() - kMost;
    if (more > 0) names = names.mid(0, kMost) << QStringLiteral("and %1 more").arg(more);
    return QStringLiteral("\n\nServices: %1.").arg(names.join(QStringLiteral(", ")));
}

}  // namespace

DeskActions::DeskActions(Parts parts, QWidget& window)
    : QObject(&window), parts_(std::move(parts)), window_(window), notice_(new Notice(parts_.theme, window)) {}

// ---- targets -------------------------------------------------------------------------------------

ActionTarget DeskActions::targetOf(const RunRow& run) const {
    ActionTarget target;
    target.runs << run.uid;
    if (!run.run->meta.label(tekton::labels::kService).empty()) target.services << run.service;
    target.branch = run.branch;
    target.commit = run.commit();
    target.repository = fromUtf8(run.run->meta.annotation(tekton::labels::kRepository));
    target.compareUrl = fromUtf8(run.run->meta.annotation(tekton::labels::kCompareUrl));
    return target;
}

ActionTarget DeskActions::targetOf(const std::vector<const RunRow*>& runs) const {
    if (runs.size() == 1) return targetOf(*runs.front());
    ActionTarget all;
    for (const RunRow* run : runs) {
        const ActionTarget one = targetOf(*run);
        all.runs << one.runs;
        all.services << one.services;
        if (all.branch.isEmpty()) all.branch = one.branch;
    }
    all.services.removeDuplicates();
    return all;
}

ActionTarget DeskActions::targetOf(const journey::Push& push, const QString& service) const {
    ActionTarget target;
    for (const journey::ServiceJourney& journey : push.services) {
        if (!service.isEmpty() && fromUtf8(journey.service) != service) continue;
        target.services << fromUtf8(journey.service);
        target.runs << fromUtf8(journey.runUid);
    }
    target.branch = fromUtf8(push.branch);
    target.commit = fromUtf8(push.commit);
    target.repository = fromUtf8(push.repository);
    target.compareUrl = fromUtf8(push.compareUrl);
    return target;
}

std::vector<const RunRow*> DeskActions::rowsOf(const ActionTarget& target, bool unfinishedOnly) const {
    std::vector<const RunRow*> rows;
    for (const QString& uid : target.runs) {
        const RunRow* row = parts_.runs.find(uid);
        if (row != nullptr && !(unfinishedOnly && row->finished())) rows.push_back(row);
    }
    return rows;
}

// ---- texts ---------------------------------------------------------------------------------------

QString DeskActions::kubectl(const QStringList& words, const std::string& ns) const {
    QStringList all{QStringLiteral("kubectl")};
    if (!parts_.context.isEmpty()) all << QStringLiteral("--context") << shellQuoted(parts_.context);
    all << QStringLiteral("-n") << shellQuoted(fromUtf8(ns));
    for (const QString& word : words) all << shellQuoted(word);
    return all.join(QLatin1Char(' '));
}

QString DeskActions::commitUrl(const ActionTarget& target) const {
    static const QRegularExpression repository(QStringLiteral("^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"));
    static const QRegularExpression sha(QStringLiteral("^[0-9a-f]{40}$"));
    if (!repository.match(target.repository).hasMatch() || !sha.match(target.commit).hasMatch()) return {};
    // The compare link says which GitHub it is.
    const QUrl compare(target.compareUrl);
    const QString host = compare.scheme() == QLatin1String("https") && !compare.host().isEmpty()
                             ? compare.host()
                             : QStringLiteral("github.com");
    return QStringLiteral("https://%1/%2/commit/%3").arg(host, target.repository, target.commit);
}

/// To the run where it is one, else to the push by its commit.
std::optional<AppLink> DeskActions::linkTo(const ActionTarget& target) const {
    const auto known = rowsOf(target, false);
    if (known.size() == 1)
        return AppLink{AppLink::Kind::Run, fromUtf8(known.front()->run->meta.ns), known.front()->name(), {}};
    if (target.commit.isEmpty()) return std::nullopt;
    return AppLink{AppLink::Kind::Commit, {}, {}, target.commit};
}

void DeskActions::copy(const QString& text, const QString& what) {
    QApplication::clipboard()->setText(text);
    notice_->say(QStringLiteral("Copied %1").arg(what), Status::Succeeded);
}

// ---- the list ------------------------------------------------------------------------------------

std::vector<DeskAction> DeskActions::actionsFor(const ActionTarget& target) {
    std::vector<DeskAction> list;
    const auto unfinished = rowsOf(target, true);
    const auto known = rowsOf(target, false);
    const QString rebuildRefusal = parts_.actions.refusal(Right::Rebuild);
    list.push_back({QStringLiteral("rebuild"), QStringLiteral("rebuild"),
                    target.services.size() == 1 ? QStringLiteral("Rebuild %1…").arg(target.services.front())
                                                : QStringLiteral("Rebuild…"),
                    QStringLiteral("R"), rebuildRefusal, [this, target] { openRebuild(target); }});
    if (!known.empty()) {
        const QString right = parts_.actions.refusal(Right::Cancel);
        const QString which = unfinished.size() == 1 ? QStringLiteral("run") : countOf(unfinished.size());
        list.push_back(
            {QStringLiteral("cancel"),
             QStringLiteral("stop"),
             unfinished.size() > 1 ? QStringLiteral("Cancel %1…").arg(countOf(unfinished.size()))
                                   : QStringLiteral("Cancel run…"),
             QStringLiteral("X"),
             unfinished.empty() ? QStringLiteral("the run has ended") : right,
             [this, target] { askCancel(target); },
             {{QStringLiteral("Cancel %1 with finally").arg(which), [this, target] { cancelRuns(target, true); }},
              {QStringLiteral("Cancel %1 now").arg(which), [this, target] { cancelRuns(target, false); }}}});
    }
    if (!target.commit.isEmpty()) {
        list.push_back({QStringLiteral("copy-sha"),
                        QStringLiteral("copy"),
                        QStringLiteral("Copy commit %1").arg(shortSha(target.commit)),
                        QStringLiteral("Ctrl C"),
                        {},
                        [this, target] { copy(target.commit, shortSha(target.commit)); }});
    }
    if (!known.empty()) {
        const RunRow& run = *known.front();
        const std::string ns = run.run->meta.ns;
        QStringList names;
        for (const RunRow* row : known) names << row->name();
        list.push_back({QStringLiteral("copy-kubectl"),
                        QStringLiteral("term"),
                        QStringLiteral("Copy as kubectl"),
                        QStringLiteral("Ctrl Shift C"),
                        {},
                        [this, names, ns] {
                            copy(kubectl(QStringList{QStringLiteral("get"), QStringLiteral("pipelinerun")} + names +
                                             QStringList{QStringLiteral("-o"), QStringLiteral("yaml")},
                                         ns),
                                 QStringLiteral("the kubectl command"));
                        }});
        list.push_back(
            {QStringLiteral("copy-logs"),
             QStringLiteral("term"),
             QStringLiteral("Copy kubectl logs command"),
             {},
             {},
             [this, name = run.name(), ns] {
                 copy(kubectl({QStringLiteral("logs"), QStringLiteral("-l"),
                               QStringLiteral("tekton.dev/pipelineRun=") + name, QStringLiteral("--all-containers"),
                               QStringLiteral("--prefix"), QStringLiteral("--tail=-1")},
                              ns),
                      QStringLiteral("the kubectl logs command"));
             }});
    }
    if (const auto link = linkTo(target)) {
        list.push_back({QStringLiteral("copy-link"),
                        QStringLiteral("link"),
                        QStringLiteral("Copy link"),
                        {},
                        {},
                        [this, text = link->text()] { copy(text, QStringLiteral("the link")); }});
    }
    if (const QString url = commitUrl(target); !url.isEmpty()) {
        list.push_back({QStringLiteral("open-commit"),
                        QStringLiteral("ext"),
                        QStringLiteral("Open commit in browser"),
                        QStringLiteral("O"),
                        {},
                        [url] { QDesktopServices::openUrl(QUrl(url)); }});
    }
    // What cannot be had back comes last.
    if (!known.empty()) {
        const QString which = known.size() == 1 ? QStringLiteral("run") : countOf(known.size());
        list.push_back({QStringLiteral("delete"),
                        QStringLiteral("trash"),
                        QStringLiteral("Delete %1…").arg(which),
                        QStringLiteral("Del"),
                        parts_.actions.refusal(Right::Delete),
                        [this, target] { askDelete(target); },
                        {{QStringLiteral("Delete %1").arg(which), [this, target] { deleteRuns(target); }}}});
    }
    return list;
}

bool DeskActions::perform(const QString& id, const ActionTarget& target) {
    for (const DeskAction& action : actionsFor(target)) {
        if (action.id != id) continue;
        if (!action.refusal.isEmpty()) {
            const QString what = QString(action.text).remove(QStringLiteral("…"));
            notice_->say(QStringLiteral("Cannot %1: %2").arg(what.left(1).toLower() + what.mid(1), action.refusal),
                         Status::Skipped);
            return false;
        }
        action.run();
        return true;
    }
    return false;
}

QMenu* DeskActions::menuFor(const ActionTarget& target, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // What copies apart from what acts, and what cannot be had back.
    bool copies = false;
    for (const DeskAction& action : actionsFor(target)) {
        const bool last = action.id == QLatin1String("delete");
        if (last || copies != action.id.startsWith(QLatin1String("copy"))) menu->addSeparator();
        copies = action.id.startsWith(QLatin1String("copy"));
        QString text = QString(action.text).replace(QLatin1Char('&'), QStringLiteral("&&"));
        const bool refused = !action.refusal.isEmpty();
        if (refused || !action.keys.isEmpty()) text += QLatin1Char('\t') + (refused ? action.refusal : action.keys);
        const Colors& c = parts_.theme.colors();
        QAction* item = menu->addAction(
            parts_.theme.icons().icon(action.icon, refused ? c.textOff : c.text2, parts_.theme.px(16)), text, this,
            [this, id = action.id, target] { perform(id, target); });
        // It can be reached, and says why not.
        item->setProperty(kRefusedItem, refused);
    }
    return menu;
}

// ---- doing ---------------------------------------------------------------------------------------

void DeskActions::openRebuild(const ActionTarget& target) {
    RebuildChoice start;
    start.services = target.services;
    start.branch = target.branch;
    auto* dialog = new RebuildDialog({parts_.theme, parts_.runs, parts_.pushes, parts_.actions, parts_.services},
                                     start, window_);
    dialog->setObjectName(QStringLiteral("rebuild"));
    dialog->begin();
}

QString DeskActions::nameOf(const std::vector<const RunRow*>& rows) {
    return rows.size() == 1 ? rows.front()->name() : countOf(rows.size());
}

std::vector<RunRef> DeskActions::refsOf(const ActionTarget& target, bool unfinishedOnly) const {
    std::vector<RunRef> refs;
    for (const RunRow* row : rowsOf(target, unfinishedOnly)) refs.push_back({row->run->meta.ns, row->run->meta.name});
    return refs;
}

RunActions::Finished DeskActions::reporter(const QString& done) {
    return [this, done](const BatchOutcome& outcome) {
        if (!outcome.firstError) return notice_->say(done, Status::Succeeded);
        const bool stopped = outcome.firstError->kind == ErrorKind::Cancelled;
        const QString why = stopped ? QStringLiteral("stopped") : fromUtf8(outcome.firstError->message);
        notice_->say(
            outcome.all == 1 ? why : QStringLiteral("%1 of %2: %3").arg(outcome.done).arg(outcome.all).arg(why),
            stopped ? Status::Cancelled : Status::Failed);
    };
}

void DeskActions::follow(const QString& doing, std::size_t all, std::stop_source stop) {
    notice_->work(doing, all, [stop]() mutable { stop.request_stop(); });
}

void DeskActions::ask(std::function<Question()> question, std::function<void(int)> chosen) {
    auto* dialog = new QuestionDialog(parts_.theme, question(), std::move(chosen), window_);
    connect(&parts_.runs, &RunSet::changed, dialog, [dialog, question] { dialog->say(question()); });
    dialog->begin();
}

void DeskActions::askCancel(const ActionTarget& target) {
    ask([this, target] { return cancelQuestion(target); },
        [this, target](int choice) { cancelRuns(target, choice == 0); });
}

Question DeskActions::cancelQuestion(const ActionTarget& target) const {
    const auto rows = rowsOf(target, true);
    const bool one = rows.size() == 1;
    Question question{QStringLiteral("Cancel"),
                      one ? rows.front()->name() : QString(),
                      {},
                      {QStringLiteral("Cancel with finally"), QStringLiteral("Cancel now")}};
    if (rows.empty()) {
        question.title = QStringLiteral("Nothing left to cancel");
        question.text = target.runs.size() == 1 ? QStringLiteral("The run has ended meanwhile.")
                                                : QStringLiteral("The runs have ended meanwhile.");
        question.refusal = QStringLiteral("nothing is left to cancel");
        return question;
    }
    question.text = QStringLiteral(
                        "%1 tasks are stopped where they are. “With finally” still runs the tasks that clean up "
                        "at the end of the pipeline.")
                        .arg(one ? QStringLiteral("Its") : QStringLiteral("Their")) +
                    namesOf(rows);
    if (one) return question;
    question.title = QStringLiteral("Cancel ") + countOf(rows.size());
    question.choices.back() = question.title + QStringLiteral(" now");
    return question;
}

void DeskActions::cancelRuns(const ActionTarget& target, bool withFinally) {
    const auto refs = refsOf(target, true);
    if (refs.empty()) return;
    const QString doing = QStringLiteral("Cancelling ") + nameOf(rowsOf(target, true));
    follow(doing, refs.size(),
           parts_.actions.cancel(
               refs, withFinally, [this](std::size_t tried) { notice_->advance(tried); }, reporter(doing)));
}

void DeskActions::askDelete(const ActionTarget& target) {
    ask([this, target] { return deleteQuestion(target); }, [this, target](int) { deleteRuns(target); });
}

Question DeskActions::deleteQuestion(const ActionTarget& target) const {
    const auto rows = rowsOf(target, false);
    if (rows.empty()) {
        return {QStringLiteral("Nothing left to delete"),
                {},
                QStringLiteral("It is no longer in the cluster."),
                {QStringLiteral("Delete")},
                QStringLiteral("nothing is left to delete")};
    }
    if (rows.size() == 1) {
        return {QStringLiteral("Delete"),
                rows.front()->name(),
                QStringLiteral("The run, its TaskRuns and its pods with their logs go from the cluster. What history "
                               "has kept stays."),
                {QStringLiteral("Delete")}};
    }
    const QString title = QStringLiteral("Delete ") + countOf(rows.size());
    return {title,
            {},
            QStringLiteral("The runs, their TaskRuns and their pods with the logs go from the cluster. What history "
                           "has kept stays.") +
                namesOf(rows),
            {title}};
}

void DeskActions::deleteRuns(const ActionTarget& target) {
    const auto refs = refsOf(target, false);
    if (refs.empty()) return;
    const QString what = nameOf(rowsOf(target, false));
    follow(QStringLiteral("Deleting ") + what, refs.size(),
           parts_.actions.remove(
               refs, [this](std::size_t tried) { notice_->advance(tried); },
               reporter(QStringLiteral("Deleted ") + what)));
}

}  // namespace cerebral::ui
