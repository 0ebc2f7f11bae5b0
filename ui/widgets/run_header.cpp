#include "ui/widgets/run_header.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>
#include <algorithm>
#include <cmath>

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
constexpr int kMostFactLines = 2;
constexpr int kFactGap = 16;
constexpr double kMostBranch = 200;
constexpr double kLeastBranch = 72;
constexpr double kLeastService = 56;
/// In less a message says nothing.
constexpr double kLeastMessage = 48;

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
    arrange();
    connect(back_, &QAbstractButton::clicked, this, &RunHeader::backRequested);
    connect(copyName_, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(texts_.name);
        copyName_->setIconName(QStringLiteral("check"));
        QTimer::singleShot(1500, copyName_, [this] { copyName_->setIconName(QStringLiteral("copy")); });
    });
    connect(&theme_, &Theme::changed, this, &RunHeader::arrange);
}

void RunHeader::setTexts(RunHeaderText texts) {
    texts_ = std::move(texts);
    copyName_->setHint(QStringLiteral("Copy the run's name, %1").arg(texts_.name));
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

QRectF RunHeader::line(int top, int height) const {
    return {kLeft, static_cast<double>(topOf(top)), width() - 2.0 * kLeft, static_cast<double>(theme_.px(height))};
}

void RunHeader::arrange() {
    placeButtons();
    parts_.clear();
    if (!compact()) {
        QRectF crumb = line(kCrumbTop, kCrumbHeight);
        crumb.setLeft(back_->geometry().right() - 2 + theme_.px(18));
        crumb.setRight(copyName_->x());
        addPart(Part::Kind::Plain, crumb, texts_.name, theme_.fonts().mono, theme_.colors().text2, Qt::ElideMiddle);
    }
    placeTitle();
    const int lines = placeFacts();
    setFixedHeight(topOf(kHeight) + (lines - 1) * theme_.px(kFactsHeight));
    update();
}

void RunHeader::setBack(const QString& page) {
    back_->setText(page);
    back_->setHint(QStringLiteral("Back to %1 (Esc)").arg(page));
    arrange();
}

void RunHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
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

bool RunHeader::Part::cut() const {
    if (elide == Qt::ElideNone) return false;
    return textWidth(*font, text) > std::ceil(box.width() - mark) + 0.5;
}

void RunHeader::addPart(Part::Kind kind, const QRectF& box, const QString& text, const QFont& font, const QColor& ink,
                        Qt::TextElideMode elide, const QString& tip) {
    const double mark = kind == Part::Kind::Branch ? theme_.px(12) + 11 : 0;
    parts_.push_back({kind, box, text, &font, ink, elide, tip, mark});
}

double RunHeader::branchWidth() const {
    if (texts_.branch.isEmpty()) return 0;
    return std::min<double>(textWidth(theme_.fonts().tiny, texts_.branch), theme_.px(kMostBranch)) + theme_.px(12) +
           14;
}

void RunHeader::placeTitle() {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    QRectF title = line(kTitleTop, kTitleHeight);
    title.setRight(compact() ? copyName_->x() - 8 : actionBox_->x() - 16);
    if (compact()) title.setLeft(back_->geometry().right() - 2 + theme_.px(18));
    const auto put = [&](Part::Kind kind, double width, double height, const QString& text, const QFont& font,
                         const QColor& ink, Qt::TextElideMode elide) {
        const QRectF box(title.left(), title.center().y() - height / 2, width, height);
        addPart(kind, box, text, font, ink, elide);
        title.setLeft(box.right());
    };
    // State and commit are never cut; then the branch gives way, then the service, and the message takes the rest.
    const double pill = statePillWidth(theme_, texts_.state);
    const bool commitHere = !compact();
    const double sha = commitHere && !texts_.sha.isEmpty() ? textWidth(f.mono, texts_.sha) + 10 : 0;
    double branch = commitHere ? branchWidth() : 0;
    const double gaps = 10 + (branch > 0 ? 8 : 0) + (sha > 0 ? 10 : 0);
    double room = title.width() - pill - sha - gaps;
    double service = textWidth(f.runTitle, texts_.service);
    if (branch > 0) branch = std::clamp(room - service, std::min<double>(branch, theme_.px(kLeastBranch)), branch);
    service = std::clamp<double>(room - branch, theme_.px(kLeastService),
                                 std::max<double>(service, theme_.px(kLeastService)));
    put(Part::Kind::Plain, service, title.height(), texts_.service, f.runTitle, c.text1, Qt::ElideRight);
    title.setLeft(title.left() + 10);
    put(Part::Kind::Pill, pill, theme_.px(20), texts_.state, f.smallStrong, stateTextColor(c, texts_.status),
        Qt::ElideNone);
    if (branch > 0) {
        title.setLeft(title.left() + 8);
        put(Part::Kind::Branch, branch, theme_.px(18), texts_.branch, f.tiny, c.text1, Qt::ElideMiddle);
    }
    if (sha > 0) {
        title.setLeft(title.left() + 10);
        put(Part::Kind::Plain, sha - 10, title.height(), texts_.sha, f.mono, c.text1, Qt::ElideNone);
    }
    title.setLeft(title.left() + 10);
    if (title.width() >= theme_.px(kLeastMessage))
        put(Part::Kind::Plain, title.width(), title.height(), texts_.message, f.body, c.text2, Qt::ElideRight);
}

int RunHeader::placeFacts() {
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    const QRectF row = line(kFactsTop, kFactsHeight);
    double x = row.left();
    int lines = 1;
    const auto boxOf = [&](double width) {
        return QRectF(x, row.top() + (lines - 1) * row.height(), width, row.height());
    };
    // False: there is no room for it any more.
    const auto room = [&](double width) {
        if (x == row.left() || x + width <= row.right()) return true;
        if (lines == kMostFactLines) return false;
        ++lines;
        x = row.left();
        return true;
    };
    if (compact() && !texts_.branch.isEmpty()) {
        QRectF tag = boxOf(branchWidth());
        const double height = theme_.px(18);
        tag.setTop(tag.center().y() - height / 2);
        tag.setHeight(height);
        addPart(Part::Kind::Branch, tag, texts_.branch, f.tiny, c.text1, Qt::ElideMiddle);
        x += tag.width() + 10;
    }
    if (compact() && !texts_.sha.isEmpty()) {
        const double width = textWidth(f.mono, texts_.sha);
        addPart(Part::Kind::Plain, boxOf(width), texts_.sha, f.mono, c.text1);
        x += width + kFactGap;
    }
    const auto put = [&](const RunHeaderText::Fact& fact) {
        const QFont& font = fact.mono ? f.mono : f.small;
        const double label = textWidth(f.small, fact.label) + 5;
        const double value = fact.mono ? textWidth(font, fact.value) : tabularWidth(font, fact.value);
        if (!room(label + value)) return false;
        addPart(Part::Kind::Plain, boxOf(label), fact.label, f.small, c.text3, Qt::ElideNone, fact.tip);
        x += label;
        const double fits = std::min(value, row.right() - x);
        addPart(fits < value || fact.mono ? Part::Kind::Plain : Part::Kind::Tabular, boxOf(fits), fact.value, font,
                fact.status ? stateTextColor(c, *fact.status) : c.text1, fact.mono ? Qt::ElideMiddle : Qt::ElideRight,
                fact.tip);
        x += fits + kFactGap;
        return true;
    };
    std::size_t placed = 0;
    std::vector<std::size_t> first;  // of each, among the parts
    for (; placed < texts_.facts.size(); ++placed) {
        first.push_back(parts_.size());
        if (!put(texts_.facts[placed])) break;
    }
    if (placed == texts_.facts.size()) return lines;
    // How many have no room is said in place of the last ones that would have.
    const auto moreOf = [&](std::size_t from) { return QStringLiteral("+%1").arg(texts_.facts.size() - from); };
    while (placed > 1 && x + textWidth(f.small, moreOf(placed)) > row.right()) {
        --placed;
        x = parts_[first[placed]].box.left();
        parts_.resize(first[placed]);
    }
    QStringList left;
    for (std::size_t i = placed; i < texts_.facts.size(); ++i)
        left << texts_.facts[i].label + QLatin1Char(' ') + texts_.facts[i].value;
    const QString more = moreOf(placed);
    addPart(Part::Kind::Plain, boxOf(textWidth(f.small, more) + 1), more, f.small, c.text2, Qt::ElideNone,
            left.join(QLatin1Char('\n')));
    return lines;
}

QString RunHeader::tipAt(const QPoint& pos) const {
    for (const Part& part : parts_) {
        if (!part.box.contains(pos)) continue;
        if (!part.tip.isEmpty()) return part.tip;
        return part.cut() ? part.text : QString();
    }
    return {};
}

QStringList RunHeader::wholeTexts() const {
    QStringList texts;
    for (const Part& part : parts_) {
        if (!part.cut()) texts << part.text;
    }
    return texts;
}

bool RunHeader::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), plainTip(tip), this);
    return true;
}

void RunHeader::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    const QRectF crumb = compact() ? line(kTitleTop, kTitleHeight) : line(kCrumbTop, kCrumbHeight);
    theme_.icons().draw(p, markAt(theme_, back_->geometry().right() - 2, crumb.center().y(), 12),
                        QStringLiteral("right"), c.text3);
    for (const Part& part : parts_) paintPart(p, part);
}

void RunHeader::paintPart(QPainter& p, const Part& part) const {
    const Colors& c = theme_.colors();
    const double middle = part.box.center().y();
    switch (part.kind) {
        case Part::Kind::Plain:
            drawText(p, part.box, *part.font, part.ink, part.text, Qt::AlignLeft, part.elide);
            break;
        case Part::Kind::Tabular:
            p.setPen(part.ink);
            drawTabular(p, part.box, Qt::AlignLeft, *part.font, part.text);
            break;
        case Part::Kind::Pill:
            drawStatePill(p, part.box.left(), middle, texts_.status, part.text, theme_);
            break;
        case Part::Kind::Branch:
            drawBox(p, part.box, 4, QColor(), c.lineDefault);
            theme_.icons().draw(p, markAt(theme_, part.box.left() + 4, middle, 12), QStringLiteral("branch"),
                                c.text2);
            drawText(p, part.box.adjusted(theme_.px(12) + 7, 0, -4, 0), *part.font, part.ink, part.text,
                     Qt::AlignLeft, Qt::ElideMiddle);
            break;
    }
}

}  // namespace cerebral::ui
