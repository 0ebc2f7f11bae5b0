#include "ui/widgets/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <utility>

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
    field_->setAccessibleName(QStringLiteral("Command"));
    keepScaled(theme_, field_, [this] { field_->setFont(theme_.fonts().answer); });
    field_->installEventFilter(this);
    window_.installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, [this] {
        narrowed_ = false;
        asked_ = false;
        refresh();
    });
    connect(list_, &PaletteList::hovered, this, &CommandPalette::choose);
    connect(list_, &PaletteList::clicked, this, [this](int entry) {
        choose(entry);
        runCurrent(false);
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
    sayWhatIsListed();
    choose(0);
    place();
}

void CommandPalette::sayWhatIsListed() {
    field_->setPlaceholderText(narrowed_ ? QStringLiteral("Actions")
                                         : QStringLiteral("Commands, pushes, runs, commits"));
}

void CommandPalette::place() {
    const int width = std::min(theme_.px(kWidth), window_.width() - 48);
    const int frame = theme_.px(kHead) + theme_.px(kFoot);
    const int height = frame + list_->heightWithin(window_.height() - kTop - 24 - frame);
    setGeometry((window_.width() - width) / 2, kTop, width, height);
    const int left = 28 + theme_.px(16);
    field_->setGeometry(left, 1, width - left - theme_.px(64), theme_.px(kHead) - 2);
    list_->setGeometry(1, theme_.px(kHead), width - 2, height - theme_.px(kHead) - theme_.px(kFoot));
    update();
}

void CommandPalette::choose(int entry) {
    const int before =
        std::exchange(current_, std::clamp(entry, 0, std::max(0, static_cast<int>(entries_.size()) - 1)));
    if (current_ != before) asked_ = false;
    list_->show(entries_, current_, asked_);
}

void CommandPalette::ask(bool on) {
    asked_ = on;
    list_->show(entries_, current_, asked_);
}

void CommandPalette::runCurrent(bool elsewhere) {
    if (current_ >= static_cast<int>(entries_.size())) return;
    // A copy: what is closed lets go of its entries.
    const PaletteEntry entry = entries_[static_cast<std::size_t>(current_)];
    if (!entry.refusal.isEmpty() || !entry.run) return;
    if (elsewhere && !entry.link) return;
    if (entry.asks && !asked_) return ask(true);
    close();
    // What runs may move the focus on.
    if (focusBefore_) focusBefore_->setFocus();
    emit ran(entry.text);
    elsewhere ? emit newWindowWanted(*entry.link) : entry.run();
}

void CommandPalette::widen() {
    narrowed_ = false;
    refresh();
    choose(narrowedFrom_);
}

bool CommandPalette::key(const QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Escape:
            if (asked_) return ask(false), true;
            if (narrowed_) return widen(), true;
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
            runCurrent((event.modifiers() & Qt::ControlModifier) != 0);
            return true;
        case Qt::Key_Tab: {
            if (entries_.empty()) return true;
            const auto more = entries_[static_cast<std::size_t>(current_)].more;
            if (!more) return true;
            narrowedFrom_ = current_;
            entries_ = more();
            all_ = entries_.size();
            narrowed_ = true;
            asked_ = false;
            sayWhatIsListed();
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
    const PaletteEntry none;
    const PaletteEntry& at = entries_.empty() ? none : entries_[static_cast<std::size_t>(current_)];
    std::vector<std::pair<QStringList, QString>> keys;
    if (!entries_.empty()) {
        keys = {{{QStringLiteral("↑"), QStringLiteral("↓")}, QStringLiteral("choose")},
                {{QStringLiteral("Enter")}, QStringLiteral("run")}};
    } else {
        keys = {{{QStringLiteral("Esc")}, QStringLiteral("close")}};
    }
    if (at.more) keys.push_back({{QStringLiteral("Tab")}, QStringLiteral("more actions")});
    if (narrowed_) keys.push_back({{QStringLiteral("Esc")}, QStringLiteral("back")});
    if (at.link) keys.push_back({{QStringLiteral("Ctrl Enter")}, QStringLiteral("new window")});
    const QLocale numbers(QLocale::English);
    const QString count = entries_.empty() || narrowed_
                              ? QString()
                              : QStringLiteral("%1 of %2")
                                    .arg(numbers.toString(static_cast<qulonglong>(entries_.size())),
                                         numbers.toString(static_cast<qulonglong>(all_)));
    const double end = width() - 16 - tabularWidth(f.small, count);
    for (const auto& [caps, what] : keys) {
        double room = textWidth(f.small, what) + 16;
        for (const QString& name : caps) room += keyCapWidth(theme_, name) + 6;
        if (x + room > end) break;
        for (const QString& name : caps) {
            const int width = keyCapWidth(theme_, name);
            drawKeyCap(p, QRectF(x, foot + theme_.px(kFoot) / 2.0 - 9, width, 18), theme_, name);
            x += width + 6;
        }
        x += drawText(p, QRectF(x, foot, theme_.px(200), theme_.px(kFoot)), f.small, c.text2, what) + 16;
    }
    p.setPen(c.text3);
    drawTabular(p, QRectF(x, foot, width() - 16 - x, theme_.px(kFoot)), Qt::AlignRight, f.small, count);
}

}  // namespace cerebral::ui
