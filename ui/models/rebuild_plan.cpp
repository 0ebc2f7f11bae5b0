#include "ui/models/rebuild_plan.h"

#include <QRegularExpression>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

bool isFullCommit(const QString& text) {
    static const QRegularExpression full(QStringLiteral("^[0-9a-f]{40}$"));
    return full.match(text).hasMatch();
}

}  // namespace

QString shellQuoted(const QString& word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch()) return word;
    return QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QStringList RebuildPlanner::services(const QStringList& configured) const {
    QStringList names = configured;
    runs_.forEach([&](const RunRow& row) {
        if (!row.run->meta.label("cerebral.baerautotech.com/service").empty()) names << row.service;
    });
    names.removeAll(QString());
    names.removeDuplicates();
    names.sort();
    return names;
}

QStringList RebuildPlanner::branches() const {
    QStringList names;
    runs_.forEach([&](const RunRow& row) { names << row.branch; });
    names.removeAll(QString());
    names.removeDuplicates();
    names.sort(Qt::CaseInsensitive);
    if (names.removeAll(QStringLiteral("main")) > 0) names.prepend(QStringLiteral("main"));
    return names;
}

const RunRow* RebuildPlanner::lastRun(const QString& service, const QString& branch) const {
    const RunRow* newest = nullptr;
    runs_.forEach([&](const RunRow& row) {
        if (row.service != service || (!branch.isEmpty() && row.branch != branch)) return;
        if (newest == nullptr || row.createdMs > newest->createdMs) newest = &row;
    });
    return newest;
}

ServiceNote RebuildPlanner::noteOf(const QString& service, const QString& branch) const {
    const RunRow* run = lastRun(service, branch);
    if (run != nullptr) return noteOf(*run);
    const bool elsewhere = !branch.isEmpty() && lastRun(service, {}) != nullptr;
    return {elsewhere ? QStringLiteral("no run on this branch") : QStringLiteral("no run yet")};
}

BasedServices RebuildPlanner::based(const QStringList& services) const {
    BasedServices found;
    for (const QString& service : services) {
        const RunRow* run = lastRun(service, {});
        const QString base = run == nullptr ? QString() : fromUtf8(run->run->param("base-image"));
        if (base.isEmpty()) continue;
        const QString image = base.section(QLatin1Char('/'), -1).section(QLatin1Char('@'), 0, 0);
        found.image = found.services.isEmpty() || found.image == image ? image : QStringLiteral("a base image");
        found.services << service;
    }
    return found;
}

ServiceNote RebuildPlanner::noteOf(const RunRow& run) const {
    const QString age = formatAge(Millis(std::max<qint64>(0, pushes_.nowMs() - run.createdMs)));
    const QString ago = age == QLatin1String("now") ? QStringLiteral("just now") : age + QStringLiteral(" ago");
    switch (run.state) {
        case tekton::RunState::Pending:
        case tekton::RunState::Running:
            return {QStringLiteral("running now")};
        case tekton::RunState::Stuck:
            return {QStringLiteral("stuck, %1").arg(age), ServiceNote::Tone::Stuck};
        case tekton::RunState::Failed:
        case tekton::RunState::TimedOut:
            return {QStringLiteral("failed %1").arg(ago), ServiceNote::Tone::Failed};
        case tekton::RunState::Cancelling:
        case tekton::RunState::Cancelled:
            return {QStringLiteral("cancelled %1").arg(ago)};
        case tekton::RunState::Succeeded:
        case tekton::RunState::Completed:
            return {QStringLiteral("succeeded %1").arg(ago)};
    }
    return {};
}

QString RebuildPlanner::newestOn(const QString& branch) const {
    const journey::Push* newest = nullptr;
    pushes_.forEach([&](const journey::Push& push) {
        // A rebuild may have taken an old commit; only pushes move a branch.
        if (push.trigger == "rebuild" || push.commit.empty() || fromUtf8(push.branch) != branch) return;
        if (newest == nullptr || push.begunAt > newest->begunAt) newest = &push;
    });
    return newest == nullptr ? QString() : fromUtf8(newest->commit);
}

std::vector<RebuildLine> RebuildPlanner::lines(const RebuildChoice& choice) const {
    std::vector<RebuildLine> lines;
    const QString newest = newestOn(choice.branch);
    for (const QString& service : choice.services) {
        RebuildLine line;
        line.service = service;
        line.medianMs = runs_.medianMs(service);
        const RunRow* last = lastRun(service, choice.branch);
        if (last != nullptr) line.from = last->commit();
        switch (choice.source) {
            case RebuildChoice::Source::NewestOnBranch:
                line.to = newest;
                break;
            case RebuildChoice::Source::SameCommit:
                line.to = line.from;
                break;
            case RebuildChoice::Source::Commit:
                line.to = choice.commit;
                break;
        }
        if (line.to.isEmpty()) {
            line.builds = false;
            line.note = choice.source == RebuildChoice::Source::Commit
                            ? QStringLiteral("name the commit to build")
                            : QStringLiteral("not built on this branch yet");
        } else if (line.from == line.to) {
            line.note = QStringLiteral("the same commit again");
        } else if (line.from.isEmpty()) {
            line.note = QStringLiteral("first build on this branch");
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

QStringList RebuildPlanner::warnings(const RebuildChoice& choice) const {
    QStringList warnings;
    for (const QString& service : choice.services) {
        const RunRow* last = lastRun(service, choice.branch);
        if (last == nullptr) continue;
        if (last->state == tekton::RunState::Stuck) {
            warnings << QStringLiteral("%1 is stuck: a second run starts").arg(service);
        } else if (!last->finished()) {
            warnings << QStringLiteral("%1 is running: a second run starts").arg(service);
        } else if (const ServiceNote note = noteOf(*last); note.tone != ServiceNote::Tone::Quiet) {
            warnings << QStringLiteral("%1 %2 on this branch").arg(service, note.text);
        }
    }
    return warnings;
}

QString RebuildPlanner::problem(const RebuildChoice& choice) const {
    if (choice.services.isEmpty()) return QStringLiteral("Tick at least one service");
    if (choice.branch.trimmed().isEmpty()) return QStringLiteral("Name the branch");
    if (choice.source == RebuildChoice::Source::Commit && !isFullCommit(choice.commit)) {
        return QStringLiteral("The whole commit is needed: 40 hexadecimal digits");
    }
    for (const RebuildLine& line : lines(choice)) {
        if (!line.builds) return line.service + QStringLiteral(": ") + line.note;
    }
    return {};
}

rebuild::Order RebuildPlanner::order(const RebuildChoice& choice, const QString& requestId) const {
    rebuild::Order order;
    for (const QString& service : choice.services) order.services.push_back(service.toStdString());
    order.branch = choice.branch.trimmed().toStdString();
    if (choice.source == RebuildChoice::Source::NewestOnBranch) order.commit = newestOn(choice.branch).toStdString();
    if (choice.source == RebuildChoice::Source::Commit) order.commit = choice.commit.toStdString();
    order.reason = choice.reason.trimmed().toStdString();
    order.requestId = requestId.toStdString();
    return order;
}

QString rebuildCommand(const rebuild::Order& order) {
    QStringList words{QStringLiteral("cerebralctl"), QStringLiteral("rebuild")};
    for (const std::string& service : order.services) words << shellQuoted(fromUtf8(service));
    words << QStringLiteral("--branch") << shellQuoted(fromUtf8(order.branch));
    if (!order.commit.empty()) words << QStringLiteral("--commit") << shellQuoted(fromUtf8(order.commit));
    if (!order.reason.empty()) words << QStringLiteral("--reason") << shellQuoted(fromUtf8(order.reason));
    return words.join(QLatin1Char(' '));
}

}  // namespace cerebral::ui
