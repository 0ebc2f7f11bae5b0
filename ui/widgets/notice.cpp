#include "ui/widgets/notice.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <utility>

#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr int kShownMs = 8000;
constexpr int kLateMs = 300;
constexpr int kBelow = 24;  ///< to the window's edge
constexpr int kAbove = 8;   ///< of the current row
}  // namespace

Notice::Notice(const Theme& theme, QWidget& window)
    : QWidget(&window),
      theme_(theme),
      button_(new Button(theme, QStringLiteral("stop"), QStringLiteral("Stop"), Button::Kind::Ghost, this)) {
    hide();
    button_->setSize(Button::Size::Small);
    button_->setHint(QStringLiteral("Stop what is not done yet (Esc)"));
    button_->hide();
    connect(button_, &QAbstractButton::clicked, this, &Notice::stopWork);
    window.installEventFilter(this);
    gone_.setSingleShot(true);
    gone_.setInterval(kShownMs);
    connect(&gone_, &QTimer::timeout, this, &QWidget::hide);
    late_.setSingleShot(true);
    late_.setInterval(kLateMs);
    connect(&late_, &QTimer::timeout, this, [this] {
        status_ = Status::Running;
        advance(done_);
        appear();
    });
}

void Notice::say(const QString& text, Status status) {
    stop_ = nullptr;
    late_.stop();
    text_ = text;
    status_ = status;
    appear();
    gone_.start();
}

void Notice::work(const QString& text, std::size_t all, std::function<void()> stop) {
    stop_ = std::move(stop);
    doing_ = text;
    all_ = all;
    done_ = 0;
    gone_.stop();
    late_.start();
}

void Notice::advance(std::size_t done) {
    done_ = done;
    if (!working() || late_.isActive()) return;
    text_ = all_ > 1 ? QStringLiteral("%1: %2 of %3").arg(doing_).arg(done_).arg(all_) : doing_;
    if (isVisible()) appear();
}

bool Notice::stopWork() {
    const auto stop = std::exchange(stop_, nullptr);
    if (!stop) return false;
    late_.stop();
    stop();
    return true;
}

void Notice::appear() {
    setAccessibleName(text_);
    setToolTip(plainTip(text_));
    button_->setVisible(working());
    place();
    show();
    raise();
    update();
}

void Notice::place() {
    const QWidget& window = *parentWidget();
    const QSize stop = button_->isVisibleTo(this) ? button_->sizeHint() : QSize(0, 0);
    const int width =
        std::min(static_cast<int>(textWidth(theme_.fonts().body, text_)) + theme_.px(16) + 36 + stop.width(),
                 window.width() - 120);
    resize(width, theme_.px(36));
    button_->setGeometry(width - stop.width() - 6, (height() - stop.height()) / 2, stop.width(), stop.height());
    QRect box(window.width() / 2 - width / 2, window.height() - height() - kBelow, width, height());
    // Above the row it was about, rather than over it.
    const QRect row = rowToLeaveFree();
    if (box.intersects(row)) box.moveTop(row.top() - height() - kAbove);
    setGeometry(box);
}

void Notice::avoid(const QAbstractItemView& list) {
    lists_.emplace_back(&list);
    const auto moved = [this] {
        if (isVisible()) place();
    };
    connect(list.selectionModel(), &QItemSelectionModel::currentChanged, this, moved);
    connect(list.verticalScrollBar(), &QAbstractSlider::valueChanged, this, moved);
}

QRect Notice::rowToLeaveFree() const {
    for (const auto& list : lists_) {
        if (!list || !list->isVisible()) continue;
        const QRect row = list->visualRect(list->currentIndex());
        const QRect seen = QRect(0, row.top(), list->viewport()->width(), row.height()) & list->viewport()->rect();
        if (!row.isEmpty() && !seen.isEmpty())
            return {list->viewport()->mapTo(parentWidget(), seen.topLeft()), seen.size()};
    }
    return {};
}

bool Notice::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

void Notice::mousePressEvent(QMouseEvent*) {
    if (!working()) hide();
}

void Notice::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), 6, c.bgRaised, c.lineControl);
    const double part = all_ > 0 ? static_cast<double>(done_) / static_cast<double>(all_) : 0;
    const double ring = working() && all_ > 1 ? part : -1;
    drawGlyph(p, markAt(theme_, 12, height() / 2.0, 16), status_, c, {.progress = ring, .ground = c.bgRaised});
    const double right = button_->isVisible() ? button_->width() + 12 : 12;
    drawText(p, QRectF(rect()).adjusted(theme_.px(16) + 20, 0, -right, 0), theme_.fonts().body, c.text1, text_);
}

}  // namespace cerebral::ui
