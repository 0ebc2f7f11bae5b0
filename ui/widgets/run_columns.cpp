#include "ui/widgets/run_columns.h"

#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "ui/models/run_table_model.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {
namespace {

using Column = RunTableModel::Column;

constexpr double kGap = 12;
/// What is left of a service's name where it is all there is besides the reason.
constexpr double kLeastService = 80 + 96 + kGap;
/// "Failed: step build, exit 1"
constexpr double kLeastReason = 172;
/// "Superseded by 2f9ac41", "kaniko-build-task, ~0:21 left"
constexpr double kFullReason = 240;
/// Of what is left beyond that, while nobody gave the column another width; the rest is the reason's.
constexpr double kServiceShare = 0.25;
constexpr double kBranchShare = 0.4;
constexpr double kMostGrowth = 200;

struct Width {
    Column column;
    double full;
    double least;
};
constexpr std::array<Width, 7> kWidths{{{RunTableModel::Service, 80 + 144 + kGap, 80 + 144 + kGap},
                                        {RunTableModel::Branch, 168 + kGap, 120 + kGap},
                                        {RunTableModel::Commit, 56 + kGap, 56 + kGap},
                                        {RunTableModel::Trigger, 128 + kGap, 76 + kGap},
                                        {RunTableModel::Progress, 80 + kGap, 80 + kGap},
                                        {RunTableModel::Started, 64 + kGap, 64 + kGap},
                                        {RunTableModel::Time, 48 + kGap, 48 + kGap}}};
/// Which go, in this order.
constexpr std::array kGoing{RunTableModel::Trigger, RunTableModel::Started,  RunTableModel::Branch,
                            RunTableModel::Commit,  RunTableModel::Progress, RunTableModel::Time};

}  // namespace

RunColumns::RunColumns(const Theme& theme, QTableView& table) : QObject(&table), theme_(theme), table_(table) {
    for (const Width& width : kWidths) widths_[width.column] = width.full;
    connect(table_.horizontalHeader(), &QHeaderView::sectionResized, this,
            [this](int column, int, int width) { noteDragged(column, width); });
    connect(&theme_, &Theme::changed, this, &RunColumns::fit);
}

void RunColumns::noteDragged(int column, int width) {
    // The last one takes what the others leave.
    const bool stretched = column == table_.horizontalHeader()->logicalIndex(table_.model()->columnCount() - 1);
    if (fitting_ || width == 0 || stretched || column == RunTableModel::Reason) return;
    widths_[column] = width / theme_.fontScale();
}

int RunColumns::headWidth(int column) const {
    const QString title = table_.model()->headerData(column, Qt::Horizontal).toString();
    const auto* header = static_cast<const TableHeader*>(table_.horizontalHeader());
    return static_cast<int>(std::ceil(textWidth(theme_.fonts().smallStrong, title) + kGap)) +
           (header->sortIndicatorSection() == column ? header->arrowWidth() : 0);
}

int RunColumns::full(int column) const {
    return std::max(theme_.px(widths_.value(column)), headWidth(column));
}

int RunColumns::least(int column) const {
    const auto* known =
        std::find_if(kWidths.begin(), kWidths.end(), [&](const Width& w) { return w.column == column; });
    if (known == kWidths.end() || known->least == known->full) return full(column);
    return std::min(full(column), std::max(theme_.px(known->least), headWidth(column)));
}

int RunColumns::growth(int column, int spare) const {
    const double share = column == RunTableModel::Service  ? kServiceShare
                         : column == RunTableModel::Branch ? kBranchShare
                                                           : 0;
    if (share == 0 || spare <= 0 || room_ < 0 || !wanted(RunTableModel::Reason)) return 0;
    const auto* known =
        std::find_if(kWidths.begin(), kWidths.end(), [&](const Width& w) { return w.column == column; });
    if (std::abs(widths_.value(column) - known->full) > 0.5) return 0;
    return std::min(qRound(spare * share), theme_.px(kMostGrowth));
}

bool RunColumns::tooNarrow(int column) const {
    return wanted(column) && table_.isColumnHidden(column);
}

void RunColumns::setRoom(int width) {
    room_ = width;
    fit();
}

void RunColumns::fit() {
    QSet<int> shown;
    for (const Width& width : kWidths) {
        if (wanted(width.column)) shown.insert(width.column);
    }
    const int all = room_ < 0 ? std::numeric_limits<int>::max() : room_;
    const int room = all - (wanted(RunTableModel::Reason) ? theme_.px(kLeastReason) : 0);
    const auto taken = [&] {
        int sum = 0;
        for (const int column : std::as_const(shown)) sum += least(column);
        return sum;
    };
    for (const Column column : kGoing) {
        if (taken() <= room) break;
        shown.remove(column);
    }
    const bool before = std::exchange(fitting_, true);
    apply(shown, room);
    fitting_ = before;
}

void RunColumns::apply(const QSet<int>& shown, int room) {
    int spare = room;
    int elastic = 0;
    for (const int column : shown) {
        spare -= full(column);
        elastic += full(column) - least(column);
    }
    const double share = spare < 0 && elastic > 0 ? std::min(1.0, -static_cast<double>(spare) / elastic) : 0;
    for (const Width& width : kWidths) {
        const int column = width.column;
        table_.setColumnHidden(column, !shown.contains(column));
        if (!shown.contains(column)) continue;
        int narrowed = full(column) - qRound(share * (full(column) - least(column)));
        narrowed += growth(column, spare - theme_.px(kFullReason - kLeastReason));
        if (shown.size() == 1) narrowed = std::clamp(room, std::min(narrowed, theme_.px(kLeastService)), narrowed);
        if (table_.columnWidth(column) != narrowed) table_.setColumnWidth(column, narrowed);
    }
    table_.setColumnHidden(RunTableModel::State, true);
    table_.setColumnHidden(RunTableModel::Reason, !wanted(RunTableModel::Reason));
}

void RunColumns::setWanted(int column, bool wanted) {
    if (wanted) {
        unwanted_.remove(column);
    } else {
        unwanted_.insert(column);
    }
    fit();
}

QByteArray RunColumns::save() const {
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << table_.horizontalHeader()->saveState() << unwanted_ << widths_;
    return state;
}

void RunColumns::restore(const QByteArray& state) {
    QByteArray header;
    QSet<int> unwanted;
    QHash<int, double> widths;
    QDataStream stream(state);
    stream >> header >> unwanted >> widths;
    const bool before = std::exchange(fitting_, true);
    const bool known = stream.status() == QDataStream::Ok && table_.horizontalHeader()->restoreState(header);
    fitting_ = before;
    if (known) {
        unwanted_ = std::move(unwanted);
        for (const Width& width : kWidths) {
            if (const double kept = widths.value(width.column); kept > 0) widths_[width.column] = kept;
        }
    }
    unwanted_.remove(RunTableModel::Service);
    fit();
}

}  // namespace cerebral::ui
