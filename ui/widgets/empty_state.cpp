#include "ui/widgets/empty_state.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <utility>

#include "ui/widgets/command_text.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/scroll_body.h"

namespace cerebral::ui {

namespace {

constexpr double kNumber = 24;
constexpr double kBodyPitch = 20;
constexpr double kNotePitch = 16;
constexpr double kRawPitch = 18;

/// One thing to do, numbered, under a line.
class Step : public QWidget {
public:
    Step(const Theme& theme, int number, QWidget* parent) : QWidget(parent), theme_(theme), number_(number) {}

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        const Colors& c = theme_.colors();
        p.fillRect(QRect(0, 0, width(), 1), c.lineSubtle);
        const double size = theme_.px(kNumber);
        const QRectF disc(0, 16, size, size);
        drawBox(p, disc, size / 2, c.bgHover);
        drawText(p, disc, theme_.fonts().initials, c.text2, QString::number(number_), Qt::AlignHCenter);
    }

private:
    const Theme& theme_;
    int number_;
};

}  // namespace

QLabel* makeLabel(const Theme& theme, QFont Fonts::*font, QColor Colors::*color, const QString& text,
                  QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    followTheme(theme, *label, font, color);
    return label;
}

void followTheme(const Theme& theme, QLabel& label, QFont Fonts::*font, QColor Colors::*color) {
    keepScaled(theme, &label, [&theme, &label, font, color] {
        label.setFont(theme.fonts().*font);
        QPalette palette = label.palette();
        palette.setColor(QPalette::WindowText, theme.colors().*color);
        label.setPalette(palette);
    });
}

CommandBox::CommandBox(const Theme& theme, const QString& command, QWidget* parent)
    : QWidget(parent),
      copy_(new Button(theme, QStringLiteral("copy"), QStringLiteral("Copy"), Button::Kind::Default, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new CommandText(theme, command, this), 1);
    row->addWidget(copy_, 0, Qt::AlignTop);
    connect(copy_, &QAbstractButton::clicked, this, [this, command] {
        QGuiApplication::clipboard()->setText(command);
        copy_->setIconName(QStringLiteral("check"));
        QTimer::singleShot(1500, copy_, [this] { copy_->setIconName(QStringLiteral("copy")); });
    });
}

EmptyState::EmptyState(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), steps_(new QVBoxLayout) {
    auto* scroll = new ScrollBody(this);
    auto* content = new QWidget(scroll);
    body_ = new QWidget(content);
    title_ = makeLabel(theme, &Fonts::runTitle, &Colors::text1, {}, body_);
    text_ = new Paragraph(theme, &Fonts::body, &Colors::text2, kBodyPitch, body_);
    raw_ = new Paragraph(theme, &Fonts::mono, &Colors::text3, kRawPitch, body_);
    raw_->hide();
    keepMostWidth(theme_, body_, 800);
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addWidget(raw_);
    column->addSpacing(8);
    column->addLayout(steps_);
    steps_->setSpacing(8);
    auto* outer = new QVBoxLayout(content);
    outer->setContentsMargins(24, 24, 24, 24);
    outer->addStretch(2);
    auto* middle = new QHBoxLayout;
    // Up to its most: a command is read whole where there is room for it.
    middle->addStretch(0);
    middle->addWidget(body_, 1);
    middle->addStretch(0);
    outer->addLayout(middle);
    outer->addStretch(5);
    scroll->setContent(content);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
    setRaw({});
    // A sentence and a button stand in the middle; what is to be read through begins at one edge.
    title_->setAlignment(text.isEmpty() ? Qt::AlignHCenter : Qt::AlignLeft);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void EmptyState::setRaw(const QString& words) {
    raw_->setText(words);
    raw_->setVisible(!words.isEmpty());
}

void EmptyState::setPicture(QWidget* picture) {
    delete std::exchange(picture_, picture);
    if (picture_ != nullptr) static_cast<QVBoxLayout*>(body_->layout())->insertWidget(0, picture_);
}

void EmptyState::clearSteps() {
    while (QLayoutItem* item = steps_->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
}

void EmptyState::addCommand(const QString& title, const QString& text, const QString& command) {
    auto* step = new Step(theme_, steps_->count() + 1, body_);
    auto* column = new QVBoxLayout(step);
    keepScaled(theme_, step, [this, column] { column->setContentsMargins(theme_.px(40), 16, 0, 8); });
    column->setSpacing(6);
    addStepHead(*column, title, text);
    column->addWidget(new CommandBox(theme_, command, step));
    steps_->addWidget(step);
}

void EmptyState::addStepHead(QVBoxLayout& column, const QString& title, const QString& text) {
    column.addWidget(makeLabel(theme_, &Fonts::strong, &Colors::text1, title, body_));
    auto* note = new Paragraph(theme_, &Fonts::small, &Colors::text3, kNotePitch, body_);
    note->setText(text);
    column.addWidget(note);
}

Button* EmptyState::addAction(const QString& icon, const QString& text) {
    auto* button = new Button(theme_, icon, text, Button::Kind::Default, body_);
    steps_->addWidget(button, 0, text_->text().isEmpty() ? Qt::AlignHCenter : Qt::AlignLeft);
    return button;
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgCanvas);
}

}  // namespace cerebral::ui
