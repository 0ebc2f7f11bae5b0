#include "ui/widgets/desk_dialog.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/scroll_body.h"

namespace cerebral::ui {
namespace {

constexpr int kHead = 48;
constexpr int kMargin = 24;
constexpr double kRadius = 6;
constexpr int kAround = 48;  ///< of the window stays visible at each side

}  // namespace

/// As high as its content at the dialog's width.
class DeskDialog::Body : public ScrollBody {
public:
    using ScrollBody::ScrollBody;
    void setTarget(int width) { target_ = width; }
    QSize sizeHint() const override { return {target_, naturalHeight(target_)}; }
    QSize minimumSizeHint() const override { return {0, 0}; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const bool done = ScrollBody::eventFilter(watched, event);
        // The dialog's layout keeps the hint it was told until it is told of another.
        if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
        return done;
    }
    void resizeEvent(QResizeEvent* event) override {
        ScrollBody::resizeEvent(event);
        // The scroll bar stands within the margin: nothing moves when it comes.
        QMargins margins = widget()->layout()->contentsMargins();
        margins.setRight(kMargin - 1 - (width() - viewport()->width()));
        widget()->layout()->setContentsMargins(margins);
    }

private:
    int target_ = 0;
};

DeskDialog::DeskDialog(const Theme& theme, const QString& title, double width, QWidget& window)
    : QDialog(&window, Qt::Dialog | Qt::FramelessWindowHint), theme_(theme), window_(window), width_(width) {
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);  // for its round corners
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(kMargin - 1, 0, 8, 0);
    head->setSpacing(6);
    title_ = makeLabel(theme_, &Fonts::answerBold, &Colors::text1, {}, this);
    keepHeight(theme_, title_, kHead);
    name_ = new ElidedLabel(this);
    followTheme(theme_, *name_, &Fonts::mono, &Colors::text1);
    setTitle(title);
    auto* close = new Button(theme_, QStringLiteral("x"), {}, Button::Kind::Ghost, this);
    close->setHint(QStringLiteral("Close"));
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    head->addWidget(title_);
    head->addWidget(name_);
    head->addStretch();
    head->addWidget(close);
    column->addLayout(head);

    body_ = new Body(this);
    auto* body = new QWidget(body_);
    content_ = new QVBoxLayout(body);
    content_->setContentsMargins(kMargin - 1, 16, kMargin - 1, 16);
    content_->setSpacing(16);
    body_->setContent(body);
    column->addWidget(body_, 1);
    pinned_ = new QVBoxLayout;
    pinned_->setContentsMargins(kMargin - 1, 0, kMargin - 1, 0);
    column->addLayout(pinned_);

    foot_ = new QWidget(this);
    footer_ = new QHBoxLayout(foot_);
    footer_->setContentsMargins(kMargin - 1, 17, kMargin - 1, 16);
    footer_->setSpacing(8);
    column->addWidget(foot_);
    connect(&theme_, &Theme::changed, this, [this] {
        place();
        update();
    });
    window_.installEventFilter(this);
}

DeskDialog::~DeskDialog() {
    delete veil_;
}

void DeskDialog::setTitle(const QString& title, const QString& name) {
    const QString whole = name.isEmpty() ? title : title + QLatin1Char(' ') + name;
    setWindowTitle(whole);
    setAccessibleName(whole);
    title_->setText(title);
    name_->setWhole(name);
    name_->setVisible(!name.isEmpty());
}

void DeskDialog::begin() {
    veil_ = new Veil(theme_, window_);
    place();
    show();
}

void DeskDialog::place() {
    const int wide = std::min(theme_.px(width_), window_.width() - 2 * kAround);
    body_->setTarget(wide - 2);
    setFixedWidth(wide);
    body_->updateGeometry();
    layout()->invalidate();
    const int natural =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide) : layout()->totalSizeHint().height();
    resize(wide, std::min(natural, window_.height() - 2 * kAround));
    const QPoint at(window_.width() / 2 - width() / 2, std::max(24, (window_.height() - height()) * 2 / 5));
    move(window_.mapToGlobal(at));
}

bool DeskDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &window_ && event->type() == QEvent::Resize && isVisible()) place();
    return QDialog::eventFilter(watched, event);
}

bool DeskDialog::event(QEvent* event) {
    const bool done = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest && isVisible()) {
        const int wanted = body_->sizeHint().height() - body_->height();
        if (wanted > 0 && height() < window_.height() - 2 * kAround) place();
    }
    return done;
}

void DeskDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    place();
}

void DeskDialog::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter) {
        // A plain Enter belongs to the control it was typed into.
        if ((event->modifiers() & Qt::ControlModifier) != 0 && main_ && main_->isEnabled()) main_->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

void DeskDialog::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), kRadius, c.bgRaised, c.lineControl);
    p.fillRect(QRect(1, theme_.px(kHead), width() - 2, 1), c.lineDefault);
    p.fillRect(QRect(1, foot_->y(), width() - 2, 1), c.lineDefault);
}

}  // namespace cerebral::ui
