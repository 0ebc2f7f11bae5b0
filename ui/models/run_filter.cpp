#include "ui/models/run_filter.h"

#include <QRegularExpression>
#include <algorithm>

#include "core/tekton/run_labels.h"

namespace cerebral::ui {
namespace {

using tekton::RunState;

/// Bare keys of ours may be written without their prefix: "trigger=push".
const QStringList& ownKeys() {
    static const QStringList keys{QStringLiteral("service"), QStringLiteral("branch"), QStringLiteral("commit"),
                                  QStringLiteral("trigger")};
    return keys;
}
const QString kOwnPrefix = QStringLiteral("cerebral.baerautotech.com/");

/// Commas inside parentheses do not end a term.
QStringList splitTerms(const QString& text) {
    QStringList terms;
    int depth = 0;
    QString term;
    for (const QChar ch : text) {
        if (ch == QLatin1Char('(')) ++depth;
        if (ch == QLatin1Char(')')) --depth;
        if (ch == QLatin1Char(',') && depth == 0) {
            terms.append(term.trimmed());
            term.clear();
        } else {
            term.append(ch);
        }
    }
    terms.append(term.trimmed());
    return terms;
}

}  // namespace

bool isInGroup(RunState state, StateGroup group) {
    switch (group) {
        case StateGroup::Running:
            return state == RunState::Running || state == RunState::Pending || state == RunState::Cancelling;
        case StateGroup::Stuck:
            return state == RunState::Stuck;
        case StateGroup::Failed:
            return state == RunState::Failed || state == RunState::TimedOut;
        case StateGroup::Cancelled:
            return state == RunState::Cancelled;
    }
    return false;
}

std::string LabelSelector::fullKey(const QString& key) {
    return (ownKeys().contains(key) ? kOwnPrefix + key : key).toStdString();
}

QString LabelSelector::shortKey(const QString& key) {
    const QString plain = key.startsWith(kOwnPrefix) ? key.mid(kOwnPrefix.size()) : QString();
    return ownKeys().contains(plain) ? plain : key;
}

std::optional<LabelSelector> LabelSelector::parse(const QString& text, QString* error) {
    LabelSelector selector;
    if (text.trimmed().isEmpty()) return selector;
    static const QString key = QStringLiteral(R"(([A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?))");
    static const QString value = QStringLiteral(R"(([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?)");
    static const QRegularExpression equality(QStringLiteral("^%1\\s*(==|=|!=)\\s*(%2)$").arg(key, value));
    static const QRegularExpression set(QStringLiteral("^%1\\s+(in|notin)\\s+\\(([^()]*)\\)$").arg(key));
    static const QRegularExpression exists(QStringLiteral("^(!?)\\s*%1$").arg(key));
    for (const QString& term : splitTerms(text)) {
        if (const auto m = equality.match(term); m.hasMatch()) {
            const Op op = m.captured(3) == QLatin1String("!=") ? Op::NotIn : Op::In;
            selector.terms_.push_back({fullKey(m.captured(1)), op, {m.captured(4).toStdString()}});
        } else if (const auto s = set.match(term); s.hasMatch()) {
            std::vector<std::string> values;
            for (const QString& v : s.captured(4).split(QLatin1Char(',')))
                values.push_back(v.trimmed().toStdString());
            const Op op = s.captured(3) == QLatin1String("in") ? Op::In : Op::NotIn;
            selector.terms_.push_back({fullKey(s.captured(1)), op, std::move(values)});
        } else if (const auto e = exists.match(term); e.hasMatch()) {
            selector.terms_.push_back(
                {fullKey(e.captured(2)), e.captured(1).isEmpty() ? Op::Exists : Op::Missing, {}});
        } else {
            if (error != nullptr) *error = QStringLiteral("unable to parse requirement: \"%1\"").arg(term);
            return std::nullopt;
        }
    }
    return selector;
}

bool LabelSelector::matches(const tekton::PipelineRun& run) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) {
        const auto label = run.meta.labels.find(term.key);
        const bool present = label.has_value();
        const bool listed = present && std::find(term.values.begin(), term.values.end(), *label) != term.values.end();
        switch (term.op) {
            case Op::In:
                return listed;
            case Op::NotIn:
                return !listed;
            case Op::Exists:
                return present;
            case Op::Missing:
                return !present;
        }
        return false;
    });
}

bool RunFilter::active() const {
    return !groups.isEmpty() || !services.isEmpty() || !branches.isEmpty() || !triggers.isEmpty() ||
           !words.isEmpty() || !selector.empty() || createdAfterMs != 0;
}

bool RunFilter::accepts(const RunRow& row) const {
    if (!groups.isEmpty() && std::none_of(groups.begin(), groups.end(), [&](int group) {
            return isInGroup(row.state, static_cast<StateGroup>(group));
        })) {
        return false;
    }
    const auto among = [](const QStringList& wanted, const QString& value) {
        return wanted.isEmpty() || wanted.contains(value);
    };
    if (!among(services, row.service) || !among(branches, row.branch) || !among(triggers, row.triggerKind))
        return false;
    if (row.createdMs < createdAfterMs) return false;
    if (!selector.empty() && !selector.matches(*row.run)) return false;
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        const auto has = [&](const QString& text) { return text.contains(word, Qt::CaseInsensitive); };
        return has(row.service) || has(row.branch) || has(row.commit()) || has(row.name()) || has(row.reason) ||
               has(row.message()) || has(row.trigger());
    });
}

}  // namespace cerebral::ui
