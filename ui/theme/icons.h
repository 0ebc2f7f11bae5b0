#pragma once
/// @file Icons: the SVG set of resources/icons, tinted to one colour and rendered at the device's
/// resolution. Rendered pixmaps are kept; GUI thread only.

#include <QColor>
#include <QHash>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace cerebral::ui {

class Icons {
public:
    Icons();
    /// `name` without ".svg"; size in device-independent pixels.
    [[nodiscard]] QPixmap pixmap(const QString& name, const QColor& color, int size, double devicePixelRatio) const;
    /// For menus and window icons, where Qt asks for a QIcon.
    [[nodiscard]] QIcon icon(const QString& name, const QColor& color, int size = 16) const;
    void draw(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color) const;

private:
    mutable QHash<QString, QPixmap> rendered_;
};

}  // namespace cerebral::ui
