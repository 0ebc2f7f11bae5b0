#include "ui/widgets/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/palette_list.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kWidth = 640;
constexpr int kTop = 80;
constexpr double kHead = 56;
constexpr double kFoot = 40;
constexpr double kRadius = 6;

}  // namespace

CommandPalette::CommandPalette(const Theme& theme, Provider provider, QWidget& window)
    : QWidget(&window),
      theme_(theme),
      provider_(std::move(provider)),
      window_(window),
      focusBefore_(QApplication::focusWidget()),
      field_(new QLineEdit(this)),
      list_(new PaletteList(theme, this)) {
    setAccessibleName(QStringLiteral("Commands"));
    field_->setFrame(false);
    field_->setPlaceholderText(QStringLiteral("Commands, pushes, runs, commits"));
    field_->setAccessibleName(QStringLiteral("Command"));
    keepScaled(theme_, field_, [this] {
        const Colors& c = theme_.colors();
        field_->setFont(theme_.fonts().answer);
        field_->setStyleSheet(
            QStringLiteral(
                "QLineEdit { border: 0; background: transparent; color: %1; selection-background-color: %2;"
                "selection-color: %1 }")
                .arg(c.text1.name(), c.bgSelected.name()));
        // No property of a style sheet in Qt 6.4.
        QPalette palette = field_->palette();
        palette.setColor(QPalette::PlaceholderText, c.text3);
        field_->setPalette(palette);
    });
    field_->installEventFilter(this);
    window_.installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, [this] {
        narrowed_ = false;
        refresh();
    });
    connect(list_, &PaletteList::hovered, this, &CommandPalette::choose);
    connect(list_, &PaletteList::clicked, this, [this](int entry) {
        choose(entry);
        runCurrent();
    });
}

CommandPalette::~CommandPalette() {
    delete veil_;
}

void CommandPalette::begin() {
    veil_ = new Veil(theme_, window_);
    connect(veil_, &Veil::pressed, this, &QWidget::close);
    setAttribute(Qt::WA_DeleteOnClose);
    refresh();
    show();
    raise();
    field_->setFocus();
}

void CommandPalette::refresh() {
    if (!narrowed_) {
        PaletteOffer offer = provider_(field_->text().trimmed());
        entries_ = std::move(offer.entries);
        all_ = offer.all;
    }
    choose(0);
    place();
}

void CommandPalette::place() {
    const int width = std::min(theme_.px(kWidth), window_.width() - 48);
    const int wanted = theme_.px(kHead) + list_->contentHeight() + theme_.px(kFoot);
    const int height = std::min(wanted, window_.height() - kTop - 24);
    setGeometry((window_.width() - width) / 2, kTop, width, height);
    const int left = 28 + theme_.px(16);
    field_->setGeometry(left, 1, width - left - theme_.px(64), theme_.px(kHead) - 2);
    list_->setGeometry(1, theme_.px(kHead), width - 2, height - theme_.px(kHead) - theme_.px(kFoot));
    update();
}

void CommandPalette::choose(int entry) {
    current_ = std::clamp(entry, 0, std::max(0, static_cast<int>(entries_.size()) - 1));
    list_->show(entries_, current_);
}

void CommandPalette::runCurrent() {
    if (current_ >= static_cast<int>(entries_.size())) return;
    const PaletteEntry& entry = entries_[static_cast<std::size_t>(current_)];
    if (!entry.refusal.isEmpty() || !entry.run) return;
    const auto run = entry.run;
    close();
    // What runs may move the focus on.
    if (focusBefore_) focusBefore_->setFocus();
    run();
}

bool CommandPalette::key(const QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Escape:
            close();
            if (focusBefore_) focusBefore_->setFocus();
            return true;
        case Qt::Key_Down:
            choose(current_ + 1);
            return true;
        case Qt::Key_Up:
            choose(current_ - 1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        case Qt::Key_Tab: {
            if (entries_.empty()) return true;
            const auto more = entries_[static_cast<std::size_t>(current_)].more;
            if (!more) return true;
            entries_ = more();
            all_ = entries_.size();
            narrowed_ = true;
            choose(0);
            place();
            return true;
        }
        default:
            return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &window_ && event->type() == QEvent::Resize) place();
    if (watched == field_ && event->type() == QEvent::KeyPress && key(*static_cast<QKeyEvent*>(event))) return true;
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const Fonts& f = theme_.fonts();
    drawBox(p, rect(), kRadius, c.bgRaised, c.lineControl);
    const double head = theme_.px(kHead);
    theme_.icons().draw(p, markAt(theme_, 16, head / 2, 16), QStringLiteral("search"), c.text2);
    const int cap = keyCapWidth(theme_, QStringLiteral("Esc"));
    drawKeyCap(p, QRectF(width() - cap - 16, head / 2 - 9, cap, 18), theme_, QStringLiteral("Esc"));
    p.fillRect(QRectF(1, head - 1, width() - 2, 1), c.lineDefault);
    const double foot = height() - theme_.px(kFoot);
    p.fillRect(QRectF(1, foot, width() - 2, 1), c.lineDefault);
    double x = 16;
    for (const auto& [keyName, what] : {std::pair(QStringLiteral("↑ ↓"), QStringLiteral("choose")),
                                        std::pair(QStringLiteral("Enter"), QStringLiteral("run")),
                                        std::pair(QStringLiteral("Tab"), QStringLiteral("more actions"))}) {
        const int width = keyCapWidth(theme_, keyName);
        drawKeyCap(p, QRectF(x, foot + theme_.px(kFoot) / 2.0 - 9, width, 18), theme_, keyName);
        x += width + 6;
        x += drawText(p, QRectF(x, foot, 200, theme_.px(kFoot)), f.small, c.text2, what) + 20;
    }
    if (entries_.empty()) return;
    const QLocale numbers(QLocale::English);
    p.setPen(c.text3);
    drawTabular(p, QRectF(x, foot, width() - 16 - x, theme_.px(kFoot)), Qt::AlignRight, f.small,
                QStringLiteral("%1 of %2")
                    .arg(numbers.toString(static_cast<qulonglong>(entries_.size())),
                         numbers.toString(static_cast<qulonglong>(all_))));
}

}  // namespace cerebral::ui
