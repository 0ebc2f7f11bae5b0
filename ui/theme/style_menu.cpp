#include "ui/theme/style_menu.h"

#include <QMenu>

#include "ui/theme/style_shapes.h"

namespace cerebral::ui {
namespace {

constexpr int kSide = 12;
constexpr double kMark = 16;
constexpr int kToText = 8;
constexpr int kKeysGap = 32;
constexpr int kArrow = 20;

QString plainText(QString text) {
    text.replace(QLatin1String("&&"), QLatin1String("\x01"));
    text.remove(QLatin1Char('&'));
    return text.replace(QLatin1Char('\x01'), QLatin1Char('&'));
}

}  // namespace

QSize menuItemSize(const QStyleOptionMenuItem& item, const Theme& theme) {
    if (item.menuItemType == QStyleOptionMenuItem::Separator) return {2 * kSide, 9};
    const QStringList parts = item.text.split(QLatin1Char('\t'));
    int width = 2 * kSide + theme.px(kMark) + kToText;
    width += QFontMetrics(theme.fonts().body).horizontalAdvance(plainText(parts.value(0)));
    if (parts.size() > 1) width += kKeysGap + QFontMetrics(theme.fonts().small).horizontalAdvance(parts.value(1));
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu) width += kArrow;
    return {width + 4, theme.px(28)};
}

void drawMenuItem(const QStyleOptionMenuItem& item, QPainter& p, const QWidget* widget, const Theme& theme) {
    const Colors& c = theme.colors();
    p.fillRect(item.rect, c.bgRaised);
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        p.fillRect(QRect(item.rect.left(), item.rect.center().y(), item.rect.width(), 1), c.lineSubtle);
        return;
    }
    const bool enabled = (item.state & QStyle::State_Enabled) != 0;
    const auto* menu = qobject_cast<const QMenu*>(widget);
    const QAction* action = menu == nullptr ? nullptr : menu->actionAt(item.rect.center());
    const bool refused = action != nullptr && action->property(kRefusedItem).toBool();
    if ((item.state & QStyle::State_Selected) != 0 && enabled) {
        drawFrame(p, item.rect.adjusted(4, 0, -4, 0), Qt::transparent, c.bgSelected, 4);
    }
    QRect inner = item.rect.adjusted(kSide, 0, -kSide, 0);
    const int size = theme.px(kMark);
    const QRect mark(inner.left(), item.rect.top() + (item.rect.height() - size) / 2, size, size);
    if (item.checkType != QStyleOptionMenuItem::NotCheckable && item.checked) {
        theme.icons().draw(p, mark, QStringLiteral("check"), c.accentText);
    } else if (!item.icon.isNull()) {
        item.icon.paint(&p, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    inner.setLeft(mark.right() + 1 + kToText);
    const QStringList parts = item.text.split(QLatin1Char('\t'));
    p.setFont(theme.fonts().body);
    p.setPen(enabled && !refused ? c.text1 : c.textOff);
    p.drawText(inner, Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.value(0));
    if (parts.size() > 1) {
        p.setFont(theme.fonts().small);
        p.setPen(enabled ? c.text3 : c.textOff);
        p.drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, parts.value(1));
    }
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu) {
        theme.icons().draw(p, QRectF(inner.right() - 11, item.rect.center().y() - 5, 12, 12), QStringLiteral("right"),
                           c.text3);
    }
}

}  // namespace cerebral::ui
