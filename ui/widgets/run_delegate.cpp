#include "ui/widgets/run_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/run_table_model.h"
#include "ui/models/unmeasured_fill.h"
#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {
namespace {

using tekton::RunState;
constexpr double kGap = 12;

BarKind barOf(CellState cell, bool held) {
    switch (cell) {
        case CellState::Done:
            return BarKind::Done;
        case CellState::Active:
            return held ? BarKind::Held : BarKind::Running;
        case CellState::Failed:
            return BarKind::Failed;
        case CellState::Cancelled:
            return BarKind::Cancelled;
        case CellState::Skipped:
            return BarKind::Skipped;
        case CellState::Stuck:
            return held ? BarKind::Held : BarKind::Stuck;
        case CellState::Waiting:
            break;
    }
    return BarKind::Pending;
}

std::vector<double> weightsOf(std::size_t cells) {
    if (cells == 3) return {1, 4, 2};
    return std::vector<double>(cells, 1);
}

}  // namespace

Status statusOf(RunState state, bool held) {
    switch (state) {
        case RunState::Pending:
            return Status::Pending;
        case RunState::Running:
            return shownAs(Status::Running, held);
        case RunState::Stuck:
            return shownAs(Status::Stuck, held);
        case RunState::Succeeded:
        case RunState::Completed:
            return Status::Succeeded;
        case RunState::Failed:
            return Status::Failed;
        case RunState::Cancelling:
            return Status::Cancelling;
        case RunState::Cancelled:
            return Status::Cancelled;
        case RunState::TimedOut:
            return Status::TimedOut;
    }
    return Status::Pending;
}

double progressOf(const RunRow& row, std::optional<qint64> medianMs, qint64 nowMs) {
    const qint64 elapsed = row.durationMs(nowMs);
    if (medianMs && elapsed >= 0) {
        return static_cast<double>(elapsed) / barScaleMs(*medianMs, elapsed);
    }
    const auto done = std::count(row.cells.begin(), row.cells.end(), CellState::Done);
    if (row.cells.empty() || done == 0) return -1;
    return static_cast<double>(done) / static_cast<double>(row.cells.size());
}

void drawRunCells(QPainter& p, const QRectF& rect, const RunRow& row, std::optional<qint64> medianMs, qint64 nowMs,
                  bool held, bool selected, const Colors& colors) {
    if (row.cells.empty()) return drawBar(p, rect, {.kind = BarKind::Skipped, .onSelected = selected}, colors);
    const std::vector<double> weights = weightsOf(row.cells.size());
    double sum = 0;
    for (const double weight : weights) sum += weight;
    const double usable = rect.width() - 2.0 * static_cast<double>(weights.size() - 1);
    // Where in the whole run we stand, by the clock; a cell fills over its own share of it.
    const qint64 elapsed = row.durationMs(nowMs);
    const double along =
        medianMs && elapsed >= 0 ? static_cast<double>(elapsed) / barScaleMs(*medianMs, elapsed) : -1;
    double x = rect.left();
    double before = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = weights[i] / sum;
        const double width = usable * share;
        Bar bar{.kind = barOf(row.cells[i], held), .onSelected = selected};
        bar.fill = along < 0 ? unmeasuredFill(elapsed) : std::clamp((along - before) / share, 0.08, 0.96);
        if (medianMs && row.cells[i] == CellState::Active) bar.ghost = 0.93;
        if (!medianMs && row.cells[i] == CellState::Failed) bar.fill = 1;
        drawBar(p, QRectF(x, rect.top(), width, rect.height()), bar, colors);
        x += width + 2;
        before += share;
    }
}

RunDelegate::RunDelegate(const Theme& theme, RunTable& table)
    : QStyledItemDelegate(&table), theme_(theme), table_(table) {}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), theme_.px(32)};
}

void RunDelegate::paintService(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const {
    const double middle = cell.box.center().y();
    const CheckColumn places(theme_);
    const double x = cell.box.left();
    if (index.row() == table_.currentIndex().row() && table_.showsCurrent()) {
        p.fillRect(QRectF(cell.box.left(), cell.box.top(), 2, cell.box.height() + 1), theme_.colors().accent);
    }
    drawCheckBox(p, markAt(theme_, x + places.box, middle, 16), cell.ticked ? Qt::Checked : Qt::Unchecked, theme_);
    const RunTableModel& model = table_.runModel();
    drawGlyph(p, markAt(theme_, x + places.glyph, middle, 16), statusOf(row.state, model.held()), theme_.colors(),
              {.progress = progressOf(row, model.runs().scaleMs(row), model.nowMs()),
               .onSelected = cell.selected,
               .ground = cell.ground});
    const QRectF text(x + places.text, cell.box.top(), cell.box.width() - places.text, cell.box.height());
    drawText(p, text, theme_.fonts().strong, theme_.colors().text1, row.service);
}

void RunDelegate::paintBranch(QPainter& p, const Cell& cell, const RunRow& row) const {
    if (row.branch.isEmpty()) return;
    const Colors& c = theme_.colors();
    theme_.icons().draw(p, markAt(theme_, cell.box.left(), cell.box.center().y(), 12), QStringLiteral("branch"),
                        c.text2);
    drawText(p, cell.box.adjusted(theme_.px(16), 0, 0, 0), theme_.fonts().small, c.text2, row.branch, Qt::AlignLeft,
             Qt::ElideMiddle);
}

void RunDelegate::paintTime(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const {
    const Colors& c = theme_.colors();
    const bool running = row.state == RunState::Running && !table_.runModel().held();
    p.setPen(running ? c.run.text : c.text1);
    drawTabular(p, cell.box, Qt::AlignRight, running ? theme_.fonts().smallStrong : theme_.fonts().small,
                index.data(Qt::DisplayRole).toString());
}

void RunDelegate::paintReason(QPainter& p, const Cell& cell, const RunRow& row, const QModelIndex& index) const {
    const Colors& c = theme_.colors();
    const Status status = statusOf(row.state, table_.runModel().held());
    const bool loud = status == Status::Failed || status == Status::TimedOut || status == Status::Stuck;
    const QString text = index.data(Qt::DisplayRole).toString();
    const RunTableModel& model = table_.runModel();
    const QFont& font = loud ? theme_.fonts().smallStrong : theme_.fonts().small;
    const QColor ink = loud                                               ? stateTextColor(c, status)
                       : row.state == RunState::Running || isHeld(status) ? c.text2
                                                                          : c.text3;
    const QRectF box = cell.box.adjusted(0, 0, -4, 0);
    if (row.state == RunState::Running) {
        if (const auto median = model.runs().medianMs(row.service); median && !model.held()) {
            const qint64 left = *median - row.durationMs(model.nowMs());
            const QString rest = left >= 0 ? QStringLiteral("~%1 left").arg(formatTicking(Millis(left)))
                                           : QStringLiteral("+%1").arg(formatTicking(Millis(-left)));
            // Of the two the time is never cut.
            const QString tail = (text.isEmpty() ? QString() : QStringLiteral(", ")) + rest;
            const double room = std::max(0.0, box.width() - tabularWidth(font, tail));
            const double used = drawText(p, QRectF(box.left(), box.top(), room, box.height()), font, ink, text,
                                         Qt::AlignLeft, Qt::ElideMiddle);
            p.setPen(ink);
            drawTabular(p, box.adjusted(used, 0, 0, 0), Qt::AlignLeft, font, tail);
            return;
        }
    }
    drawText(p, box, font, ink, text);
}

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QPainter& p = *painter;
    const Colors& c = theme_.colors();
    const RunRow* row = table_.runModel().rowAt(index.row());
    if (row == nullptr) {
        p.fillRect(option.rect, c.bgInset);
        drawBottomLine(p, option.rect, c.lineSubtle);
        return;
    }
    Cell cell;
    cell.ticked = (option.state & QStyle::State_Selected) != 0;
    cell.hovered = table_.hoveredRow() == index.row();
    const bool current = table_.showsCurrent() && index.row() == table_.currentIndex().row();
    cell.selected = cell.ticked || current;
    cell.ground = cell.selected ? c.bgSelected : cell.hovered ? c.bgHover : c.bgCanvas;
    cell.box = QRectF(option.rect).adjusted(0, 0, -kGap, -1);
    p.fillRect(option.rect, cell.ground);
    drawBottomLine(p, option.rect, c.lineSubtle);
    p.save();
    p.setClipRect(option.rect);
    switch (index.column()) {
        case RunTableModel::Service:
            paintService(p, cell, *row, index);
            break;
        case RunTableModel::Branch:
            paintBranch(p, cell, *row);
            break;
        case RunTableModel::Commit:
            drawText(p, cell.box, theme_.fonts().mono, c.text2, shortSha(row->commit()));
            break;
        case RunTableModel::Trigger:
            drawText(p, cell.box, theme_.fonts().small, c.text2, row->trigger());
            break;
        case RunTableModel::Progress: {
            const RunTableModel& model = table_.runModel();
            const QRectF bars(cell.box.left(), cell.box.center().y() - 2,
                              std::min<double>(theme_.px(80), cell.box.width()), 4);
            drawRunCells(p, bars, *row, model.runs().scaleMs(*row), model.nowMs(), model.held(), cell.selected, c);
            break;
        }
        case RunTableModel::Started:
            p.setPen(c.text2);
            drawTabular(p, cell.box, Qt::AlignRight, theme_.fonts().small, index.data(Qt::DisplayRole).toString());
            break;
        case RunTableModel::Time:
            paintTime(p, cell, *row, index);
            break;
        case RunTableModel::Reason:
            paintReason(p, cell, *row, index);
            break;
        default:
            break;
    }
    p.restore();
}

}  // namespace cerebral::ui
