#pragma once
/// @file Card: a bordered box around other widgets; inset for code and commands.

#include <QPainter>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/widgets/paint.h"

namespace cerebral::ui {

class Card : public QWidget {
public:
    enum class Ground : std::uint8_t { Raised, Inset };

    Card(const Theme& theme, Ground ground, QWidget* parent) : QWidget(parent), theme_(theme), ground_(ground) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(1, 4, 1, 4);  // rows have corners, the border has none
        column->setSpacing(0);
        QObject::connect(&theme_, &Theme::changed, this, [this] { update(); });
    }
    void add(QWidget* widget) { layout()->addWidget(widget); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        const Colors& c = theme_.colors();
        const bool inset = ground_ == Ground::Inset;
        drawBox(p, rect(), inset ? 4 : 6, inset ? c.bgInset : c.bgRaised, c.lineDefault);
    }

private:
    const Theme& theme_;
    Ground ground_;
};

}  // namespace cerebral::ui
