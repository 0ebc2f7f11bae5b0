#include "ui/theme/style_fields.h"

#include <QComboBox>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/theme/style_shapes.h"

namespace cerebral::ui {
namespace {

constexpr double kRadius = 6;
constexpr int kBehindIcon = 5;

void drawBoxOf(const QStyleOption& option, QPainter& p, const QColor& ground, const Theme& theme) {
    const Colors& c = theme.colors();
    const bool focused = (option.state & QStyle::State_HasFocus) != 0;
    const bool enabled = (option.state & QStyle::State_Enabled) != 0;
    drawFrame(p, option.rect,
              focused   ? c.focus
              : enabled ? c.lineControl
                        : c.lineDefault,
              ground, kRadius, focused ? 2 : 1);
}

class ComboRows : public QStyledItemDelegate {
public:
    ComboRows(const Theme& theme, QObject* parent, QFont Fonts::*font, double icon)
        : QStyledItemDelegate(parent), theme_(theme), font_(font), icon_(icon) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const int text = QFontMetrics(theme_.fonts().*font_).horizontalAdvance(index.data().toString());
        return {text + left() + kFieldSide + kArrowColumn, theme_.px(28)};
    }

    void paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Colors& c = theme_.colors();
        p->fillRect(option.rect, c.bgRaised);
        const bool current = (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) != 0;
        if (current) drawFrame(*p, option.rect.adjusted(3, 1, -3, -1), Qt::transparent, c.bgSelected, 4);
        const auto* box = qobject_cast<const QComboBox*>(parent());
        const bool chosen = box != nullptr && box->currentIndex() == index.row();
        const QRect text = option.rect.adjusted(left(), 0, -kArrowColumn, 0);
        p->setFont(chosen ? theme_.fonts().strong : theme_.fonts().*font_);
        p->setPen((option.state & QStyle::State_Enabled) != 0 ? c.text1 : c.textOff);
        p->drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                    QFontMetrics(p->font()).elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
        if (!chosen) return;
        theme_.icons().draw(*p, QRectF(option.rect.right() - 22, option.rect.center().y() - 6, 14, 14),
                            QStringLiteral("check"), c.accentText);
    }

private:
    [[nodiscard]] int left() const { return kFieldSide + (icon_ > 0 ? theme_.px(icon_) + kBehindIcon : 0); }

    const Theme& theme_;
    QFont Fonts::*font_;
    double icon_;
};

}  // namespace

void drawField(const QStyleOption& option, QPainter& p, const QWidget* field, const Theme& theme) {
    const Colors& c = theme.colors();
    const auto is = [field](const char* property) { return field != nullptr && field->property(property).toBool(); };
    QStyleOption shown(option);
    shown.state.setFlag(QStyle::State_HasFocus, (option.state & QStyle::State_HasFocus) != 0 || is(kOffering));
    const bool focused = (shown.state & QStyle::State_HasFocus) != 0;
    if (is("bad")) {
        drawFrame(p, option.rect, c.bad.solid, c.bgCanvas, kRadius, focused ? 2 : 1);
    } else {
        drawBoxOf(shown, p, c.bgCanvas, theme);
    }
}

void drawComboBox(const QStyleOptionComboBox& box, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    const bool enabled = (box.state & QStyle::State_Enabled) != 0;
    const bool hover = enabled && (box.state & QStyle::State_MouseOver) != 0;
    const bool open = (box.state & (QStyle::State_On | QStyle::State_Sunken)) != 0;
    drawBoxOf(box, p, box.editable ? c.bgCanvas : open ? c.bgTrack : hover ? c.bgHover : c.bgRaised, theme);
    const QRect arrow = comboPart(box, QStyle::SC_ComboBoxArrow);
    const double size = theme.px(12);
    theme.icons().draw(p, QRectF(arrow.center().x() - size / 2, QRectF(arrow).center().y() - size / 2, size, size),
                       QStringLiteral("down"), enabled ? c.text2 : c.textOff);
}

void drawComboLabel(const QStyleOptionComboBox& box, QPainter& p, const Theme& theme) {
    if (box.editable) return;
    const Colors& c = theme.colors();
    QRect text = comboPart(box, QStyle::SC_ComboBoxEditField);
    if (!box.currentIcon.isNull()) {
        box.currentIcon.paint(&p, QRect(text.left(), text.center().y() - 7, 16, 16));
        text.setLeft(text.left() + 22);
    }
    p.setFont(theme.fonts().body);
    p.setPen((box.state & QStyle::State_Enabled) != 0 ? c.text1 : c.textOff);
    p.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
               QFontMetrics(theme.fonts().body).elidedText(box.currentText, Qt::ElideRight, text.width()));
}

QRect comboPart(const QStyleOptionComboBox& box, QStyle::SubControl part) {
    const QRect& r = box.rect;
    QRect result;
    switch (part) {
        case QStyle::SC_ComboBoxArrow:
            result = QRect(r.right() - kArrowColumn + 1, r.top(), kArrowColumn, r.height());
            break;
        case QStyle::SC_ComboBoxEditField:
            result = r.adjusted(box.editable ? kFieldSide - 2 : kFieldSide, 2, -kArrowColumn, -2);
            break;
        case QStyle::SC_ComboBoxListBoxPopup:
            return r.adjusted(0, 0, 0, 4);
        default:
            return r;
    }
    return QStyle::visualRect(box.direction, r, result);
}

void drawSpinBox(const QStyleOptionSpinBox& box, QPainter& p, const Theme& theme) {
    const Colors& c = theme.colors();
    drawBoxOf(box, p, c.bgCanvas, theme);
    if (box.buttonSymbols == QAbstractSpinBox::NoButtons) return;
    const auto arrow = [&](QStyle::SubControl part, QAbstractSpinBox::StepEnabledFlag step, const QString& icon) {
        const QRect rect = spinPart(box, part);
        const bool can = (box.state & QStyle::State_Enabled) != 0 && (box.stepEnabled & step) != 0;
        if (can && (box.activeSubControls & part) != 0) {
            p.fillRect(rect.adjusted(0, 1, -1, -1), (box.state & QStyle::State_Sunken) != 0 ? c.bgTrack : c.bgHover);
        }
        theme.icons().draw(p, QRectF(rect.center().x() - 4, rect.center().y() - 4, 10, 10), icon,
                           can ? c.text2 : c.textOff);
    };
    arrow(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, QStringLiteral("up"));
    arrow(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, QStringLiteral("down"));
}

QRect spinPart(const QStyleOptionSpinBox& box, QStyle::SubControl part) {
    const QRect& r = box.rect;
    const int column = box.buttonSymbols == QAbstractSpinBox::NoButtons ? kFieldSide : kSpinColumn;
    const int half = r.height() / 2;
    QRect result;
    switch (part) {
        case QStyle::SC_SpinBoxUp:
            result = QRect(r.right() - column + 1, r.top() + 1, column - 1, half - 1);
            break;
        case QStyle::SC_SpinBoxDown:
            result = QRect(r.right() - column + 1, r.top() + half, column - 1, r.height() - half - 1);
            break;
        case QStyle::SC_SpinBoxEditField:
            result = r.adjusted(4, 2, -column, -2);
            break;
        default:
            return r;
    }
    return QStyle::visualRect(box.direction, r, result);
}

QAbstractItemDelegate* makeComboRows(const Theme& theme, QObject* parent, QFont Fonts::*font, double icon) {
    return new ComboRows(theme, parent, font, icon);
}

}  // namespace cerebral::ui
