#include "ui/widgets/text_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>
#include <utility>

#include "ui/theme/glyph.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/table_header.h"
#include "ui/widgets/wrapped_text.h"

namespace cerebral::ui {
namespace {
constexpr int kRow = 32;
constexpr int kLeft = 24;
constexpr int kGlyph = 24;
constexpr int kRight = 12;  ///< to the next column
constexpr int kMostLines = 8;
}  // namespace

class TextTable::Delegate final : public QStyledItemDelegate {
public:
    Delegate(const Theme& theme, const TextTableModel& model, TextTable* table)
        : QStyledItemDelegate(table), theme_(theme), model_(model), table_(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QPainter& p = *painter;
        const Colors& c = theme_.colors();
        const QRect row = option.rect;
        const bool selected = table_->currentIndex().row() == index.row();
        p.fillRect(row, selected ? c.bgSelected : c.bgCanvas);
        drawBottomLine(p, row, c.lineSubtle);
        if (index.data(TextTableModel::HeadingRole).toBool()) {
            p.fillRect(row.adjusted(0, 0, 0, -1), c.bgInset);
            if (index.column() == 0) {
                drawText(p, QRectF(row).adjusted(kLeft, 0, -12, 0), theme_.fonts().smallStrong, c.text3,
                         index.data().toString());
            }
            return;
        }
        const bool marked = index.data(TextTableModel::MarkedRole).toBool();
        // Texts of one line stand beside the first of several.
        QRectF box(row.left(), row.top(), row.width() - kRight, theme_.px(kRow));
        if (index.column() == 0) {
            // One edge: that it is marked its glyph says too.
            const bool current = selected && table_->hasFocus();
            if (marked && !current) p.fillRect(QRect(row.left(), row.top(), 3, row.height()), c.stuck.solid);
            if (current) p.fillRect(QRect(row.left(), row.top(), 2, row.height()), c.accent);
            box.setLeft(box.left() + kLeft);
            const auto level = static_cast<RowLevel>(index.data(TextTableModel::LevelRole).toInt());
            if (level == RowLevel::Warning) {
                drawGlyph(p, markAt(theme_, box.left(), box.center().y(), 14), Status::Stuck, c,
                          {-1, selected, selected ? c.bgSelected : c.bgCanvas});
            }
            if (table_->glyphs_) box.setLeft(box.left() + theme_.px(kGlyph));
        }
        const bool mono = model_.column(index.column()).mono;
        const bool weak = index.data(TextTableModel::WeakRole).toBool();
        const QString text = index.data().toString();
        const QFont& font = mono ? (marked ? theme_.fonts().monoStrong : theme_.fonts().mono) : theme_.fonts().body;
        const QColor ink = weak ? c.text3 : mono || index.column() == 0 || marked ? c.text1 : c.text2;
        if (index.column() == table_->wrapped_) {
            const WrappedText words = wrapText(font, text, box.width(), kMostLines);
            p.setFont(font);
            p.setPen(ink);
            p.drawText(
                QRectF(box.left(), row.top() + (row.height() - 1 - words.height) / 2, box.width(), words.height),
                words.text, wrapOption());
            return;
        }
        drawText(p, box, font, ink, text, model_.column(index.column()).right ? Qt::AlignRight : Qt::AlignLeft,
                 mono ? Qt::ElideMiddle : Qt::ElideRight);
    }

private:
    const Theme& theme_;
    const TextTableModel& model_;
    TextTable* table_;
};

TextTable::TextTable(const Theme& theme, TextTableModel& model, std::vector<Width> widths, QWidget* parent)
    : QTableView(parent),
      theme_(theme),
      model_(model),
      widths_(std::move(widths)),
      header_(new TableHeader(theme_, this)) {
    header_->setSectionsMovable(false);
    header_->setFirstIndent(kLeft);
    header_->setSortIndicatorShown(false);
    setHorizontalHeader(header_);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(theme_.px(kRow));
    verticalHeader()->setMinimumSectionSize(1);
    setModel(&model_);
    setItemDelegate(new Delegate(theme_, model_, this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    header_->setStretchLastSection(true);
    fit();
    connect(header_, &QHeaderView::sectionResized, this, [this](int column) {
        if (fitting_) return;
        dragged_ = dragged_ || column + 1 < model_.columnCount();
        fitRows();
    });
    connect(&changed_, &QTimer::timeout, this, [this] {
        fitGlyphs();
        fitRows();
        viewport()->update();
    });
    const auto later = [this] { changed_.call(); };
    connect(&model_, &QAbstractItemModel::rowsInserted, this, later);
    connect(&model_, &QAbstractItemModel::rowsRemoved, this, later);
    connect(&model_, &QAbstractItemModel::rowsMoved, this, later);
    connect(&model_, &QAbstractItemModel::dataChanged, this, later);
    connect(&theme_, &Theme::changed, this, [this, scale = theme_.fontScale()]() mutable {
        // It makes every row as high as one line, also where nothing is new.
        if (verticalHeader()->defaultSectionSize() != theme_.px(kRow))
            verticalHeader()->setDefaultSectionSize(theme_.px(kRow));
        const double grown = theme_.fontScale() / std::exchange(scale, theme_.fontScale());
        fit();
        // What was dragged wider stays so.
        for (int column = 0; dragged_ && grown != 1 && column + 1 < model_.columnCount(); ++column)
            setColumnWidth(column, qRound(columnWidth(column) * grown));
        // Before it is painted again: rows of one line would be cut.
        fitGlyphs();
        fitRows();
        viewport()->update();
    });
}

void TextTable::setWrapped(int column) {
    wrapped_ = column;
    changed_.call();
}

void TextTable::fitGlyphs() {
    const auto& rows = model_.rows();
    glyphs_ =
        std::any_of(rows.begin(), rows.end(), [](const TextRow& row) { return row.level == RowLevel::Warning; });
    header_->setFirstIndent(kLeft + (glyphs_ ? theme_.px(kGlyph) : 0));
}

void TextTable::fitRows() {
    if (wrapped_ < 0) return;
    const int line = theme_.px(kRow);
    const QFont& font = theme_.fonts().body;
    const double room = columnWidth(wrapped_) - kRight;
    for (int row = 0; row < model_.rowCount(); ++row) {
        const WrappedText words =
            wrapText(font, model_.rows()[static_cast<std::size_t>(row)].cells.value(wrapped_), room, kMostLines);
        const int more = words.lines > 1 ? static_cast<int>(words.height * (words.lines - 1) / words.lines) : 0;
        if (rowHeight(row) != line + more) verticalHeader()->resizeSection(row, line + more);
    }
}

void TextTable::fit() {
    if (dragged_) return;
    double spare = viewport()->width() / theme_.fontScale();
    double give = 0;
    double grow = 0;
    for (const Width& width : widths_) {
        spare -= width.wanted;
        give += width.wanted - width.least;
        grow += width.grow;
    }
    fitting_ = true;
    for (std::size_t i = 0; i + 1 < widths_.size(); ++i) {
        const Width& width = widths_[i];
        const double share =
            spare >= 0 ? (grow > 0 ? width.grow / grow : 0) : (give > 0 ? (width.wanted - width.least) / give : 0);
        const double wide = std::max<double>(width.least, width.wanted + spare * share);
        setColumnWidth(static_cast<int>(i), theme_.px(wide));
    }
    fitting_ = false;
}

void TextTable::resizeEvent(QResizeEvent* event) {
    fit();
    QTableView::resizeEvent(event);
    // The last column has got what is left.
    fitRows();
}

void TextTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(
            model_.rows()[static_cast<std::size_t>(currentIndex().row())].cells.join(QLatin1Char('\t')));
        return;
    }
    // Letters and digits are the page's; type-ahead would swallow them.
    if (!event->text().isEmpty() && event->text().front().isPrint()) return event->ignore();
    QTableView::keyPressEvent(event);
}

void TextTable::paintEvent(QPaintEvent* event) {
    {
        QPainter p(viewport());
        p.fillRect(viewport()->rect(), theme_.colors().bgCanvas);
        if (model_.rowCount() == 0) {
            drawText(p, QRectF(kLeft, 16, viewport()->width() - 2 * kLeft, 24), theme_.fonts().body,
                     theme_.colors().text3, emptyText_);
        }
    }
    QTableView::paintEvent(event);
}

}  // namespace cerebral::ui
