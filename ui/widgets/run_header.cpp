#include "ui/widgets/run_header.h"

#include <QClipboard>
#include <QEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QPainter>
#include <QTimer>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/theme/bars.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/state_pill.h"

namespace cerebral::ui {
namespace {

constexpr int kLeft = 24;
constexpr int kHeight = 102;
constexpr int kCrumbTop = 10;
constexpr int kCrumbHeight = 20;
constexpr int kTitleTop = 36;
constexpr int kTitleHeight = 28;
constexpr int kFactsTop = 70;
constexpr int kFactsHeight = 20;
constexpr int kRowSaved = 24;

}  // namespace

RunHeader::RunHeader(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      back_(new Button(theme, {}, QStringLiteral("Runs"), Button::Kind::Ghost, this)),
      copyName_(new Button(theme, QStringLiteral("copy"), {}, Button::Kind::Ghost, this)),
      actionBox_(new QWidget(this)),
      actions_(new QHBoxLayout(actionBox_)) {
    back_->setSize(Button::Size::Small);
    back_->setHint(QStringLiteral("Back to all runs (Esc)"));
    copyName_->setSize(Button::Size::Small);
    copyName_->setHint(QStringLiteral("Copy the run's name"));
    actions_->setContentsMargins(0, 0, 0, 0);
    actions_->setSpacing(8);
    actionBox_->installEventFilter(this);
    fitHeight();
    connect(back_, &QAbstractButton::clicked, this, &RunHeader::backRequested);
    connect(copyName_, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(texts_.name);
        copyName_->setIconName(QStringLiteral("check"));
        QTimer::singleShot(1500, copyName_, [this] { copyName_->setIconName(QStringLiteral("copy")); });
    });
    connect(&theme_, &Theme::changed, this, [this] {
        fitHeight();
        placeButtons();
        update();
    });
}

void RunHeader::setTexts(RunHeaderText texts) {
    texts_ = std::move(texts);
    QStringList facts;
    for (const RunHeaderText::Fact& fact : texts_.facts) facts << fact.label + QLatin1Char(' ') + fact.value;
    setAccessibleName(QStringLiteral("%1, %2").arg(texts_.service, texts_.state));
    setAccessibleDescription(QStringLiteral("%1. %2").arg(texts_.message, facts.join(QStringLiteral(", "))));
    arrange();
}

bool RunHeader::compact() const {
    // The way back stands in the title's row, and what is below keeps its room.
    return isLargeText(theme_);
}

int RunHeader::topOf(int token) const {
    return theme_.px(compact() && token >= kTitleTop ? token - kRowSaved : token);
}

void RunHeader::fitHeight() {
    setFixedHeight(topOf(kHeight));
}

void RunHeader::arrange() {
    placeButtons();
    update();
}

void RunHeader::setBack(const QString& page) {
    back_->setText(page);
    back_->setHint(QStringLiteral("Back to %1 (Esc)").arg(page));
    arrange();
}

void RunHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeButtons();
}

bool RunHeader::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) arrange();
    return QWidget::eventFilter(watched, event);
}

void RunHeader::placeButtons() {
    const int row = compact() ? topOf(kTitleTop) : topOf(kCrumbTop);
    const int height = theme_.px(compact() ? kTitleHeight : kCrumbHeight);
    back_->setGeometry(kLeft - 9, row + (height - back_->sizeHint().height()) / 2, back_->sizeHint().width(),
                       back_->sizeHint().height());
    const QSize box = actionBox_->sizeHint();
    actionBox_->setGeometry(width() - kLeft - box.width(), topOf(kTitleTop), box.width(), theme_.px(kTitleHeight));
    const int name = qRound(textWidth(theme_.fonts().mono, texts_.name));
    const int x = compact() ? actionBox_->x() - 8 - copyName_->sizeHint().width()
                            : back_->geometry().right() + 20 + std::min(name, width() - back_->width() - 120);
    copyName_->setGeometry(x, back_->y(), copyName_->sizeHint().width(), copyName_->sizeHint().height());
}

void RunHeader::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    const auto line = [this](int top, int height) {
        return QRectF(kLeft, topOf(top), width() - 2 * kLeft, theme_.px(height));
    };
    // Where we are.
    QRectF crumb = compact() ? line(kTitleTop, kTitleHeight) : line(kCrumbTop, kCrumbHeight);
    crumb.setLeft(back_->geometry().right() - 2);
    theme_.icons().draw(p, markAt(theme_, crumb.left(), crumb.center().y(), 12), QStringLiteral("right"), c.text3);
    crumb.setLeft(crumb.left() + theme_.px(18));
    crumb.setRight(copyName_->geometry().left());
    if (!compact()) drawText(p, crumb, theme_.fonts().mono, c.text2, texts_.name, Qt::AlignLeft, Qt::ElideMiddle);

    // What it is.
    QRectF title = line(kTitleTop, kTitleHeight);
    title.setRight(compact() ? copyName_->x() - 8 : actionBox_->x() - 16);
    if (compact()) title.setLeft(crumb.left());
    title.setLeft(title.left() + drawText(p, title, theme_.fonts().runTitle, c.text1, texts_.service) + 10);
    title.setLeft(drawStatePill(p, title.left(), title.center().y(), texts_.status, texts_.state, theme_) + 8);
    if (!texts_.branch.isEmpty()) {
        const double width = std::min<double>(textWidth(theme_.fonts().tiny, texts_.branch), theme_.px(200));
        const double tagHeight = theme_.px(18);
        const QRectF tag(title.left(), title.center().y() - tagHeight / 2, width + theme_.px(12) + 14, tagHeight);
        drawBox(p, tag, 4, QColor(), c.lineDefault);
        theme_.icons().draw(p, markAt(theme_, tag.left() + 4, tag.center().y(), 12), QStringLiteral("branch"),
                            c.text2);
        drawText(p, tag.adjusted(theme_.px(12) + 7, 0, -4, 0), theme_.fonts().tiny, c.text1, texts_.branch,
                 Qt::AlignLeft, Qt::ElideMiddle);
        title.setLeft(tag.right() + 10);
    }
    if (!texts_.sha.isEmpty())
        title.setLeft(title.left() + drawText(p, title, theme_.fonts().mono, c.text1, texts_.sha) + 10);
    drawText(p, title, theme_.fonts().body, c.text2, texts_.message);

    // The facts: what does not fit is left out, the last ones first.
    double x = kLeft;
    const QRectF facts = line(kFactsTop, kFactsHeight);
    for (const RunHeaderText::Fact& fact : texts_.facts) {
        const QFont& font = fact.mono ? theme_.fonts().mono : theme_.fonts().small;
        const double label = textWidth(theme_.fonts().small, fact.label);
        const double value = fact.mono ? textWidth(font, fact.value) : tabularWidth(font, fact.value);
        if (x + label + value + 5 > facts.right()) break;
        drawText(p, QRectF(x, facts.top(), label + 2, facts.height()), theme_.fonts().small, c.text3, fact.label,
                 Qt::AlignLeft, Qt::ElideNone);
        p.setPen(fact.status ? stateTextColor(c, *fact.status) : c.text1);
        drawTabular(p, QRectF(x + label + 5, facts.top(), value + 4, facts.height()), Qt::AlignLeft, font,
                    fact.value);
        x += label + value + 5 + 16;
    }
}

StuckBar::StuckBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    fit();
    connect(&theme_, &Theme::changed, this, &StuckBar::fit);
}

void StuckBar::setTexts(const QString& title, const QString& text) {
    title_ = title;
    text_ = asSentence(text);
    setAccessibleName(title_);
    setAccessibleDescription(text_);
    fit();
    update();
}

QSize StuckBar::sizeHint() const {
    return {400, height()};
}

QRect StuckBar::textBox() const {
    const int left = kLeft + theme_.px(26);
    const QRect room(left, theme_.px(32), std::max(100, width() - left - kLeft), 10'000);
    return QFontMetrics(theme_.fonts().small).boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, text_);
}

void StuckBar::fit() {
    // The whole sentence: what it asks for often stands at its end.
    const int most = theme_.px(32) + 6 * theme_.px(16);
    setFixedHeight(std::min(most, textBox().bottom() + theme_.px(10)));
}

void StuckBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void StuckBar::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.stuck.tint);
    drawHatch(p, QRectF(0, 0, 6, height()), c.stuck.solid, c.stuck.tint, 4, 2, 0);
    drawBottomLine(p, rect(), c.lineDefault);
    const double line = theme_.px(32);
    drawGlyph(p, markAt(theme_, kLeft, 2 + line / 2, 16), Status::Stuck, c, {-1, false, c.stuck.tint});
    drawText(p, QRectF(textBox().left(), 2, width() - kLeft - textBox().left(), line), theme_.fonts().section,
             c.stuck.text, title_);
    p.setFont(theme_.fonts().small);
    p.setPen(c.text2);
    p.drawText(textBox(), Qt::AlignLeft | Qt::TextWordWrap, text_);
}

}  // namespace cerebral::ui
