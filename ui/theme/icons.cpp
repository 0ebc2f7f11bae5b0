#include "ui/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

// Q_INIT_RESOURCE must stand outside of any namespace.
static void registerIconResource() {
    Q_INIT_RESOURCE(icons);
}

namespace cerebral::ui {

Icons::Icons() {
    registerIconResource();
}

QPixmap Icons::pixmap(const QString& name, const QColor& color, int size, double dpr) const {
    const QString key = QStringLiteral("%1|%2|%3|%4").arg(name, color.name(QColor::HexArgb)).arg(size).arg(dpr);
    if (const auto it = rendered_.constFind(key); it != rendered_.cend()) return *it;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    Q_ASSERT_X(file.exists(), "Icons", qPrintable(name));
    QByteArray svg = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    svg.replace("#000", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    const int device = qRound(size * dpr);
    QPixmap map(device, device);
    map.fill(Qt::transparent);
    QPainter painter(&map);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, device, device));
    painter.end();
    map.setDevicePixelRatio(dpr);
    rendered_.insert(key, map);
    return map;
}

QIcon Icons::icon(const QString& name, const QColor& color, int size) const {
    QIcon icon;
    for (const double dpr : {1.0, 1.5, 2.0}) icon.addPixmap(pixmap(name, color, size, dpr));
    return icon;
}

void Icons::draw(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color) const {
    const double dpr = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect.topLeft(), pixmap(name, color, qRound(rect.width()), dpr));
}

}  // namespace cerebral::ui
