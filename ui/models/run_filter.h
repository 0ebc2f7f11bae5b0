#pragma once
/// @file RunFilter: which runs a list shows. Parts combine as AND, values inside one part as OR.

#include <QSet>
#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

#include "ui/models/run_row.h"

namespace cerebral::ui {

/// The chips; several states fall under one.
enum class StateGroup : std::uint8_t { Running, Stuck, Failed, Cancelled };
[[nodiscard]] bool isInGroup(tekton::RunState state, StateGroup group);

/// Equality-based and set-based selectors, as the API server reads them:
/// "a=b,c!=d,e in (f,g),h notin (i),j,!k".
class LabelSelector {
public:
    /// Empty when the text is no selector; `error` then says why.
    static std::optional<LabelSelector> parse(const QString& text, QString* error);
    [[nodiscard]] bool matches(const tekton::PipelineRun& run) const;
    [[nodiscard]] bool empty() const noexcept { return terms_.empty(); }
    /// "service" of "cerebral.baerautotech.com/service"; keys of others stay whole.
    [[nodiscard]] static QString shortKey(const QString& key);
    [[nodiscard]] static std::string fullKey(const QString& key);

private:
    enum class Op : std::uint8_t { In, NotIn, Exists, Missing };
    struct Term {
        std::string key;
        Op op;
        std::vector<std::string> values;
    };
    std::vector<Term> terms_;
};

struct RunFilter {
    QSet<int> groups;      ///< StateGroup values; empty: every state
    QStringList services;  ///< empty: any; else one of them
    QStringList branches;
    QStringList triggers;
    QStringList words;  ///< each must occur in service, branch, commit, name, message, trigger or reason
    LabelSelector selector;
    qint64 createdAfterMs = 0;

    [[nodiscard]] bool active() const;
    [[nodiscard]] bool accepts(const RunRow& row) const;
};

}  // namespace cerebral::ui
