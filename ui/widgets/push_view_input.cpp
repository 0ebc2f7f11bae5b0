// What pointer and keys do in the list of pushes.
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/models/segment_tip.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/push_delegate.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/push_view.h"

namespace cerebral::ui {

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
