#include "ui/widgets/push_view.h"

#include <QContextMenuEvent>
#include <QDateTime>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/models/segment.h"
#include "ui/models/segment_tip.h"
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

// ---- pointer and keys ----------------------------------------------------------------------------

PushView::Spot PushView::spotAt(const QPoint& pos) const {
    Spot spot;
    spot.index = indexAt(pos);
    if (!spot.index.isValid()) return spot;
    const PushPlaces where = places();
    spot.stage = where.strip.segmentAt(pos.x() - where.stripLeft);
    if (stacked() && pos.y() < visualRect(spot.index).top() + theme_.px(kPushRow)) spot.stage = -1;
    spot.newer = supersededBy(spot.index, spot.stage);
    const journey::PushPtr push = model_.pushAt(spot.index);
    if (spot.index.parent().isValid() || !push) return spot;
    const auto* delegate = static_cast<const PushDelegate*>(itemDelegate());
    spot.chevron = delegate->chevronRect(*push, visualRect(spot.index)).contains(pos);
    return spot;
}

QString PushView::supersededBy(const QModelIndex& index, int stage) const {
    const journey::PushPtr push = model_.pushAt(index);
    if (!push || push->services.empty() || stage < 0) return {};
    const auto* service = model_.serviceAt(index);
    if (service == nullptr && push->isFanOut()) return {};
    const journey::ServiceJourney& journey = service != nullptr ? *service : push->services.front();
    const auto where = journey.stoppedIn();
    if (!journey.supersededBy || !where || static_cast<int>(journey::indexOf(*where)) != stage) return {};
    return QString::fromStdString(journey.supersededBy->pushKey);
}

QString PushView::tipFor(const Spot& spot) const {
    const journey::PushPtr push = model_.pushAt(spot.index);
    if (!push) return {};
    if (spot.stage < 0) {
        return QStringList{pushTitle(*push), pushPerson(*push), pushBranch(*push), fromUtf8(push->commit),
                           formatAbsolute(push->begunAt)}
            .join(QLatin1Char('\n'));
    }
    const journey::Stage stage = journey::kStages[static_cast<std::size_t>(spot.stage)];
    if (push->services.empty()) return fromUtf8(push->ignoredReason);
    const auto* service = model_.serviceAt(spot.index);
    if (service == nullptr && push->isFanOut()) return stageTip(*push, stage);
    return stageTip(service != nullptr ? *service : push->services.front(), stage, model_.medians());
}

void PushView::open(const QModelIndex& index) {
    const journey::PushPtr push = model_.pushAt(index);
    const auto* service = model_.serviceAt(index);
    if (push)
        emit opened(QString::fromStdString(push->key), service == nullptr ? QString() : fromUtf8(service->service));
}

bool PushView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Resize) {
        if (stacked()) setWidthClass(width_);
        // What one looks at stays in sight when the room gets less.
        const int before = static_cast<QResizeEvent*>(event)->oldSize().height();
        const bool keep = viewport()->height() < before && isCurrentWithin(before);
        const bool done = QTreeView::viewportEvent(event);
        if (keep) scrollTo(currentIndex());
        return done;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Spot spot = spotAt(help->pos());
        const QString tip = spot.index.isValid() ? tipFor(spot) : QString();
        QToolTip::showText(help->globalPos(), plainTip(tip), this);
        return true;
    }
    return QTreeView::viewportEvent(event);
}

void PushView::mouseMoveEvent(QMouseEvent* event) {
    const Spot spot = spotAt(event->position().toPoint());
    if (spot.index != hovered_) {
        hovered_ = spot.index;
        viewport()->update();
    }
    viewport()->setCursor(spot.chevron || !spot.newer.isEmpty() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QTreeView::mouseMoveEvent(event);
}

void PushView::mousePressEvent(QMouseEvent* event) {
    if (indexAt(event->position().toPoint()).isValid()) chosen_ = true;
    QTreeView::mousePressEvent(event);
    viewport()->update();
    emit currentPushChanged();
}

void PushView::mouseReleaseEvent(QMouseEvent* event) {
    QTreeView::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton) return;
    const Spot spot = spotAt(event->position().toPoint());
    if (!spot.index.isValid() || spot.index != currentIndex()) return;
    if (spot.chevron) {
        setExpanded(spot.index, !isExpanded(spot.index));
        return;
    }
    if (!spot.newer.isEmpty()) {
        emit pushWanted(spot.newer);
    } else if (spot.stage >= 0) {
        openStage(spot.index, spot.stage);
    }
}

void PushView::openStage(const QModelIndex& index, int stage) {
    const journey::PushPtr push = model_.pushAt(index);
    const auto* service = model_.serviceAt(index);
    if (push)
        emit stageOpened(QString::fromStdString(push->key),
                         service == nullptr ? QString() : fromUtf8(service->service),
                         journey::kStages[static_cast<std::size_t>(stage)]);
}

void PushView::enterEvent(QEnterEvent* event) {
    QTreeView::enterEvent(event);
    pointerIn_ = true;
    rememberAnchor();
}

void PushView::leaveEvent(QEvent* event) {
    hovered_ = QPersistentModelIndex();
    viewport()->update();
    QTreeView::leaveEvent(event);
    pointerIn_ = false;
    // It was held for the pointer alone.
    if (atTop_) scrollToTop();
    rememberAnchor();
}

void PushView::keyPressEvent(QKeyEvent* event) {
    const bool letters = event->modifiers() == Qt::NoModifier;
    int key = event->key();
    if (letters && key == Qt::Key_J) key = Qt::Key_Down;
    if (letters && key == Qt::Key_K) key = Qt::Key_Up;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (event->modifiers() == Qt::NoModifier && chosen_) {
            open(currentIndex());
        } else {
            event->ignore();
        }
        return;
    }
    if (const int stage = key - Qt::Key_1; letters && chosen_ && stage >= 0 && stage < int{journey::kStageCount}) {
        openStage(currentIndex(), stage);
        return;
    }
    const bool moves = key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_Home || key == Qt::Key_End ||
                       key == Qt::Key_PageDown || key == Qt::Key_PageUp;
    const bool folds = key == Qt::Key_Left || key == Qt::Key_Right;
    // Everything else is the window's: single letters are commands there.
    if (!moves && !folds) {
        event->ignore();
        return;
    }
    if (!chosen_ && model_.rowCount() > 0) {
        chosen_ = true;
        setCurrentIndex(model_.index(0, 0));
        viewport()->update();
        emit currentPushChanged();
        return;
    }
    QKeyEvent translated(event->type(), key, event->modifiers());
    QTreeView::keyPressEvent(&translated);
    viewport()->update();
}

void PushView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    viewport()->update();
    emit currentPushChanged();
}

void PushView::contextMenuEvent(QContextMenuEvent* event) {
    if (currentPush()) emit contextMenuWanted(event->globalPos());
}

void PushView::paintEvent(QPaintEvent* event) {
    {
        QPainter p(viewport());
        p.fillRect(event->rect(), theme_.colors().bgCanvas);
    }
    QTreeView::paintEvent(event);
}

}  // namespace cerebral::ui
