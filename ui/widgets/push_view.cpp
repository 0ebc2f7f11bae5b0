#include "ui/widgets/push_view.h"

#include <QDateTime>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/models/segment.h"
#include "ui/widgets/new_rows_bar.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/push_delegate.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/rows_edge.h"

namespace cerebral::ui {
namespace {

/// "Push" and the names of the stages above their segments.
class PushHeader : public QHeaderView {
public:
    PushHeader(const Theme& theme, PushView& view) : QHeaderView(Qt::Horizontal, &view), theme_(theme), view_(view) {
        setFixedHeight(theme_.px(kColumnHeader));
        setStretchLastSection(true);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(viewport());
        const Colors& c = theme_.colors();
        p.fillRect(viewport()->rect(), c.bgCanvas);
        const QRect names(0, 0, viewport()->width(), theme_.px(kColumnHeader));
        drawBottomLine(p, names, c.lineDefault);
        const QRectF row = QRectF(names).adjusted(0, 0, 0, -1);
        const QFont& font = theme_.fonts().smallStrong;
        drawText(p, row.adjusted(kPushMargin, 0, 0, 0), font, c.text3, QStringLiteral("Push"));
        const PushPlaces places = view_.places();
        for (const journey::Stage stage : journey::kStages) {
            const std::size_t at = journey::indexOf(stage);
            const QRectF box(places.stripLeft + places.strip.left(at), row.top(), places.strip.width(at),
                             row.height());
            drawText(p, box, font, c.text3, fromUtf8(journey::toString(stage)));
        }
    }

private:
    const Theme& theme_;
    const PushView& view_;
};

}  // namespace

PushView::PushView(const Theme& theme, PushModel& model, QWidget* parent)
    : QTreeView(parent), theme_(theme), model_(model) {
    setAccessibleName(QStringLiteral("Pushes"));
    auto* header = new PushHeader(theme_, *this);
    setHeader(header);
    newRows_ = new NewRowsBar(theme_, *this, *header);
    layBarOverRows(*this);
    setModel(&model_);
    setItemDelegate(new PushDelegate(theme_, *this));
    setIndentation(0);
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setUniformRowHeights(false);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    verticalScrollBar()->setSingleStep(theme_.px(28));
    connect(&model_, &PushModel::needsAttention, this, [this](const QModelIndex& push) { expand(push); });
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] { chosen_ = false; });
    connect(&model_, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex& from) {
        if (!from.isValid()) countNew();
    });
    connect(this, &QAbstractItemView::doubleClicked, this, &PushView::open);
    connect(newRows_, &NewRowsBar::rowsMoved, this, [this](int pixels) {
        // The rows stand where they stood.
        const bool before = std::exchange(layingOut_, true);
        verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels);
        if (anchor_.isValid()) anchorTop_ = visualRect(anchor_).top();
        layingOut_ = before;
    });
    connect(&theme_, &Theme::changed, this, [this] {
        keepCurrent_ = isCurrentWithin(viewport()->height());
        scheduleDelayedItemsLayout();
        viewport()->update();
    });
    for (int row = 0; row < model_.rowCount(); ++row) {
        const QModelIndex index = model_.index(row, 0);
        const journey::PushState state = model_.pushAt(index)->state();
        if (state == journey::PushState::Failed || state == journey::PushState::Stuck) expand(index);
    }
    sawNewest();
}

void PushView::setWidthClass(WidthClass width) {
    width = pushWidthClass(theme_, viewport()->width(), width);
    if (width == width_) return;
    width_ = width;
    header()->viewport()->update();
    viewport()->update();
}

PushPlaces PushView::places() const {
    return pushPlaces(theme_, contentRight(), width_);
}

double PushView::contentRight() const {
    return viewport()->width() - kPushMargin;
}

journey::PushPtr PushView::currentPush() const {
    return chosen_ ? model_.pushAt(currentIndex()) : nullptr;
}

QString PushView::currentService() const {
    const auto* service = chosen_ ? model_.serviceAt(currentIndex()) : nullptr;
    return service == nullptr ? QString() : fromUtf8(service->service);
}

void PushView::makeCurrent(const std::string& key) {
    const QModelIndex index = model_.indexOf(key);
    if (!index.isValid()) return;
    chosen_ = true;
    setCurrentIndex(index);
    scrollTo(index);
    viewport()->update();
    emit currentPushChanged();
}

void PushView::mark(const std::string& key) {
    if (model_.indexOf(key).isValid()) return makeCurrent(key);
    if (!std::exchange(chosen_, false)) return;
    viewport()->update();
    emit currentPushChanged();
}

void PushView::tick() {
    const qint64 now = model_.nowMs();
    const qint64 before = std::exchange(tickedMs_, now);
    const auto dayOf = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).date(); };
    const bool otherDay = dayOf(now) != dayOf(before);
    const auto age = [](const journey::Push& push, qint64 at) {
        return formatAge(Millis(std::max<qint64>(0, at - toMillis(push.begunAt))));
    };
    const int bottom = viewport()->height();
    for (QModelIndex row = indexAt(QPoint(1, 1)); row.isValid(); row = indexBelow(row)) {
        const QRect box = visualRect(row);
        if (box.top() >= bottom) break;
        const journey::PushPtr push = model_.pushAt(row);
        if (!push) continue;
        if (otherDay || isTicking(*push) || age(*push, now) != age(*push, before)) {
            viewport()->update(0, box.top(), viewport()->width(), box.height());
        }
    }
}

// ---- what does not move --------------------------------------------------------------------------

void PushView::rememberAnchor() {
    if (layingOut_) return;
    const bool away = verticalScrollBar()->value() > 0;
    atTop_ = !away;
    anchor_ = away || pointerIn_ ? QPersistentModelIndex(indexAt(QPoint(1, 1))) : QPersistentModelIndex();
    if (anchor_.isValid()) anchorTop_ = visualRect(anchor_).top();
    if (!away) sawNewest();
}

void PushView::sawNewest() {
    if (const journey::PushPtr newest = model_.pushAt(model_.index(0, 0))) newestSeen_ = newest->begunAt;
    newRows_->setCount(0);
}

void PushView::rowsInserted(const QModelIndex& parent, int first, int last) {
    QTreeView::rowsInserted(parent, first, last);
    if (!parent.isValid()) countNew();
}

void PushView::countNew() {
    const QModelIndex top = anchor_.parent().isValid() ? anchor_.parent() : QModelIndex(anchor_);
    if (!top.isValid() && atTop_) return sawNewest();
    // Newest first: those that nobody has seen come before all others, in sight or not.
    const int end = top.isValid() ? top.row() : model_.rowCount();
    int count = 0;
    while (count < end && model_.pushAt(model_.index(count, 0))->begunAt > newestSeen_) ++count;
    newRows_->setCount(count);
}

void PushView::verticalScrollbarValueChanged(int value) {
    QTreeView::verticalScrollbarValueChanged(value);
    rememberAnchor();
}

void PushView::doItemsLayout() {
    layingOut_ = true;
    QTreeView::doItemsLayout();
    if (anchor_.isValid()) {
        const int moved = visualRect(anchor_).top() - anchorTop_;
        if (moved != 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    }
    layingOut_ = false;
    if ((pointerIn_ || !atTop_) && !anchor_.isValid()) rememberAnchor();
    if (std::exchange(keepCurrent_, false)) scrollTo(currentIndex());
}

bool PushView::isCurrentWithin(int height) const {
    if (!chosen_ || !currentIndex().isValid()) return false;
    const QRect row = visualRect(currentIndex());
    return row.isValid() && row.bottom() > 0 && row.top() < height;
}

}  // namespace cerebral::ui
