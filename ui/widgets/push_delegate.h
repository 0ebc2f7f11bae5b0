#pragma once
/// @file PushDelegate: paints a push (56 px: state, person, message, strip) and the thin rows of its
/// services (24 px).

#include <QStyledItemDelegate>

#include "ui/models/segment.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/push_places.h"

namespace cerebral::ui {

class PushView;

[[nodiscard]] Status statusOf(journey::PushState state, bool held);
/// Failed by running out of time where nothing of it failed in another way.
[[nodiscard]] Status statusOf(const journey::Push& push, bool held);
[[nodiscard]] Status statusOf(const journey::ServiceJourney& journey, bool held);

class PushDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    PushDelegate(const Theme& theme, PushView& view);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Where the arrow of a fan-out stands, within the row; empty for other pushes.
    [[nodiscard]] QRectF chevronRect(const journey::Push& push, const QRectF& row) const;

private:
    struct Look {
        QRectF row;
        PushPlaces places;
        QColor ground;
        bool selected = false;
    };
    void paintPush(QPainter& p, const Look& look, const QModelIndex& index, const journey::Push& push) const;
    void paintHead(QPainter& p, const Look& look, const journey::Push& push) const;
    void paintSecondLine(QPainter& p, const Look& look, const QRectF& line, const journey::Push& push,
                         bool expanded) const;
    void paintStrip(QPainter& p, const Look& look, const journey::Push& push) const;
    void paintIgnored(QPainter& p, const Look& look, const QPointF& origin, const journey::Push& push) const;
    void paintService(QPainter& p, const Look& look, const journey::ServiceJourney& journey) const;
    [[nodiscard]] double textRight(const QRectF& row, const PushPlaces& places) const;

    const Theme& theme_;
    PushView& view_;
};

}  // namespace cerebral::ui
