#include "ui/widgets/failure_view.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QUrl>
#include <initializer_list>

#include "ui/models/format.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/roles.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {
constexpr int kHead = 48;
constexpr int kMargin = 24;
constexpr int kTop = 16;

QString noteOf(const analysis::FailureCard& card, int tryNumber) {
    QStringList when;
    if (tryNumber > 0) when << QStringLiteral("try %1").arg(tryNumber);
    if (card.after) when << QStringLiteral("after %1").arg(formatDuration(*card.after));
    return when.join(QStringLiteral(", "));
}

QString sinceOf(const analysis::Seen& seen, WallTime now) {
    const QString within = QStringLiteral("in %1 days").arg(seen.days);
    return seen.firstService.empty() ? within
                                     : QStringLiteral("%1, first %2 in %3")
                                           .arg(within, formatClock(seen.first, now), fromUtf8(seen.firstService));
}

}  // namespace

FailureView::FailureView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      head_(new QWidget(this)),
      scroll_(new QScrollArea(this)),
      body_(new FailureBody(theme)) {
    setAccessibleName(QStringLiteral("Failure"));
    auto* column = new QVBoxLayout(this);
    // Within the round corners of the card.
    column->setContentsMargins(kMargin + 4, kTop + 1, kMargin + 2, kTop + 2);
    column->setSpacing(0);
    auto* row = new QHBoxLayout(head_);
    keepScaled(theme_, head_, [this, row] { row->setContentsMargins(theme_.px(20) + 24, 0, 12, 0); });
    row->setSpacing(8);
    head_->setFixedHeight(theme_.px(kHead));
    title_ = new ElidedLabel(head_);
    followTheme(theme_, *title_, &Fonts::answerBold, &Colors::text1);
    note_ = new ElidedLabel(head_);
    followTheme(theme_, *note_, &Fonts::small, &Colors::text3);
    since_ = new ElidedLabel(head_);
    followTheme(theme_, *since_, &Fonts::small, &Colors::text3);
    since_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    commit_ = new Button(theme_, QStringLiteral("ext"), QStringLiteral("Open commit"), Button::Kind::Default, head_);
    copy_ = new Button(theme_, QStringLiteral("copy"), QStringLiteral("Copy"), Button::Kind::Primary, head_);
    copy_->setHint(QStringLiteral("Copy all of this as Markdown"));
    fold_ = new Button(theme_, QStringLiteral("up"), {}, Button::Kind::Ghost, head_);
    fold_->setHint(QStringLiteral("Fold"));
    seen_ = new Button(theme_, {}, {}, Button::Kind::Ghost, head_);
    seen_->setSize(Button::Size::Small);
    seen_->setHint(QStringLiteral("The other runs that ended with this error"));
    seen_->hide();
    row->addWidget(title_);
    row->addWidget(note_);
    row->addWidget(seen_);
    row->addWidget(since_, 1);
    row->addWidget(commit_);
    row->addWidget(copy_);
    row->addWidget(fold_);
    setRole(*scroll_, QAccessible::Pane);
    scroll_->setAccessibleName(QStringLiteral("Why it failed"));
    scroll_->setWidget(body_);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(head_);
    column->addWidget(scroll_, 1);
    commit_->hide();
    connect(seen_, &QAbstractButton::clicked, this,
            [this] { emit seenRequested(seen_->mapToGlobal(QPoint(0, seen_->height() + 4))); });
    connect(fold_, &QAbstractButton::clicked, this, [this] { setFolded(!folded_); });
    connect(copy_, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(markdown());
        copy_->setIconName(QStringLiteral("check"));
        QTimer::singleShot(1500, copy_, [this] { copy_->setIconName(QStringLiteral("copy")); });
    });
    connect(commit_, &QAbstractButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(commitUrl_)); });
    connect(body_, &FailureBody::heightChanged, this,
            [this] { body_->setMinimumHeight(body_->sizeHint().height()); });
    // Which lines are whole has changed.
    connect(scroll_->verticalScrollBar(), &QAbstractSlider::valueChanged, body_, qOverload<>(&QWidget::update));
    scroll_->viewport()->installEventFilter(this);
    connect(&theme_, &Theme::changed, this, [this] {
        head_->setFixedHeight(theme_.px(kHead));
        fitHead();
        update();
    });
}

void FailureView::setCard(const analysis::FailureCard& card, WallTime now, const FailureAside& aside) {
    card_ = card;
    title_->setWhole(fromUtf8(analysis::headline(card)));
    note_->setWhole(noteOf(card, aside.tryNumber));
    const bool again = card.seen && card.seen->times > 1;
    seen_->setVisible(again);
    since_->setWhole(again ? sinceOf(*card.seen, now) : QString());
    fitHead();
    status_ = aside.timedOut ? Status::TimedOut : Status::Failed;
    body_->setCard(card, now, aside);
    body_->setMinimumHeight(body_->sizeHint().height());
    setAccessibleDescription(markdown());
    updateGeometry();
}

/// Why it failed comes before what can be done about it: labels of buttons give way first.
void FailureView::fitHead() {
    if (!card_) return;
    const bool again = card_->seen && card_->seen->times > 1;
    const QString open = QStringLiteral("Open commit");
    commit_->setText(open);
    commit_->setHint({});
    if (again) seen_->setText(QStringLiteral("Seen %1 times").arg(card_->seen->times));
    const QMargins margins = head_->layout()->contentsMargins();
    const auto lacks = [&] {
        int used = margins.left() + margins.right();
        for (const QWidget* part :
             std::initializer_list<const QWidget*>{title_, note_, seen_, commit_, copy_, fold_}) {
            if (!part->isHidden()) used += part->sizeHint().width() + head_->layout()->spacing();
        }
        return used > width() - 2 * kMargin - 6;
    };
    if (!commit_->isHidden() && lacks()) {
        commit_->setText({});
        commit_->setHint(open);
        commit_->setAccessibleName(open);
    }
    if (again && lacks()) seen_->setText(QStringLiteral("%1\u00d7").arg(card_->seen->times));
}

void FailureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitHead();
}

bool FailureView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) body_->update();
    return QWidget::eventFilter(watched, event);
}

void FailureView::clear() {
    card_.reset();
}

QString FailureView::markdown() const {
    return card_ ? QString::fromStdString(analysis::toMarkdown(*card_)) : QString();
}

void FailureView::setCommitUrl(const QString& url) {
    // Only what a browser shows: the address comes from outside.
    const bool web = QUrl(url).scheme() == QLatin1String("https");
    commitUrl_ = web ? url : QString();
    commit_->setVisible(web);
    fitHead();
}

void FailureView::setFolded(bool folded) {
    if (folded == folded_) return;
    folded_ = folded;
    scroll_->setVisible(!folded_);
    fold_->setIconName(folded_ ? QStringLiteral("down") : QStringLiteral("up"));
    fold_->setHint(folded_ ? QStringLiteral("Unfold") : QStringLiteral("Fold"));
    emit foldChanged(folded_);
}

void FailureView::setMostHeight(int height) {
    most_ = height;
    const int room = height - frameHeight();
    body_->setMostLogHeight(room);
    if (body_->sizeHint().height() > room) body_->setMostLogHeight(body_->wholeHeight(room));
    body_->setMinimumHeight(body_->sizeHint().height());
}

int FailureView::frameHeight() const {
    return 2 * kTop + 3 + head_->height();
}

int FailureView::fittingHeight() const {
    const int full = fullHeight();
    return full <= most_ || folded_ ? full : frameHeight() + body_->wholeHeight(most_ - frameHeight());
}

int FailureView::fullHeight() const {
    return frameHeight() + (folded_ ? 0 : body_->sizeHint().height());
}

void FailureView::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    const QRectF card = QRectF(rect()).adjusted(kMargin, kTop, -kMargin, -kTop);
    drawBox(p, card, 6, c.bgRaised, c.lineDefault);
    p.save();
    p.setClipRect(QRectF(card.left(), card.top(), 3, card.height()));
    drawBox(p, card, 6, c.bad.solid);
    p.restore();
    drawGlyph(p, markAt(theme_, card.left() + 16, card.top() + head_->height() / 2.0, 20), status_, c,
              {-1, false, c.bgRaised});
    if (!folded_)
        p.fillRect(QRectF(card.left() + 3, card.top() + head_->height(), card.width() - 4, 1), c.lineDefault);
}

}  // namespace cerebral::ui
