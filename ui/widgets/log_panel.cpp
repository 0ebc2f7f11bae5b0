#include "ui/widgets/log_panel.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <utility>

#include "ui/widgets/paint.h"
#include "ui/widgets/popup_below.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {
constexpr int kLeastField = 150;
constexpr int kSearchedField = 230;
constexpr int kMostField = 320;
constexpr int kLeastNote = 72;
constexpr int kFieldStretch = 20;  ///< takes what is free before the blank beside it does
}  // namespace

LogPanel::LogPanel(const Theme& theme, Kind kind, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      view_(new LogView(theme, this)),
      refused_(new EmptyState(theme, this)),
      bar_(new QWidget(this)),
      kind_(kind) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout(bar_);
    // A document stands at the page's margin, a log beside its steps.
    row->setContentsMargins(kind == Kind::Document ? 24 : 12, 0, 12, 1);
    row->setSpacing(4);
    // The tools follow the width, not the width the tools: what is shown now must not keep the panel this wide.
    bar_->setMinimumWidth(1);
    keepScaled(theme_, bar_, [this] { bar_->setFixedHeight(theme_.px(40) + 1); });
    title_ = makeLabel(theme_, &Fonts::section, &Colors::text1, {}, bar_);
    note_ = new ElidedLabel(bar_);
    followTheme(theme_, *note_, &Fonts::small, &Colors::text3);
    row->addWidget(title_);
    row->addSpacing(4);
    row->addWidget(note_);
    row->addStretch(1);
    field_ = new IconField(theme_, QStringLiteral("search"), QStringLiteral("Search"), QStringLiteral("/"), bar_);
    field_->setMono(true);
    field_->setMinimumWidth(kLeastField);
    keepMostWidth(theme_, field_, kMostField);
    field_->setAccessibleName(QStringLiteral("Search this log"));
    field_->installEventFilter(this);
    row->addWidget(field_, kFieldStretch);
    previous_ = addTool(QStringLiteral("up"), {}, QStringLiteral("Previous hit (Shift+N)"), false);
    next_ = addTool(QStringLiteral("down"), {}, QStringLiteral("Next hit (N)"), false);
    regex_ = addTool({}, QStringLiteral(".*"), QStringLiteral("Search for a regular expression"), true);
    hide_ = addTool(QStringLiteral("filter"), {}, QStringLiteral("Hide lines that do not match"), true);
    times_ = addTool(QStringLiteral("clock"), {}, QStringLiteral("Show times"), true);
    wrap_ = addTool(QStringLiteral("wrap"), {}, QStringLiteral("Wrap long lines"), true);
    copy_ = addTool(QStringLiteral("copy"), {}, QStringLiteral("Copy the selection, or everything"), false);
    save_ = addTool(QStringLiteral("save"), {}, QStringLiteral("Save to a file"), false);
    more_ = addTool(QStringLiteral("more"), {}, QStringLiteral("More tools"), false);
    error_ = new Button(theme_, {}, QStringLiteral("First error"), Button::Kind::Default, bar_);
    error_->setSize(Button::Size::Small);
    error_->setHint(QStringLiteral("Jump to the first error (E)"));
    row->addSpacing(4);
    row->addWidget(error_);
    follow_ = new Switch(theme_, QStringLiteral("Follow"), bar_);
    row->addSpacing(4);
    row->addWidget(follow_);
    column->addWidget(bar_);
    column->addWidget(view_, 1);
    column->addWidget(refused_, 1);
    refused_->setFocusPolicy(Qt::StrongFocus);
    refused_->hide();
    newLines_ = new Button(theme_, QStringLiteral("down"), {}, Button::Kind::Primary, this);
    newLines_->setObjectName(QStringLiteral("newLines"));
    newLines_->hide();

    const bool log = kind_ == Kind::Log;
    view_->setTimes(log);
    view_->setLevels(log);
    times_->setChecked(log);
    times_->setVisible(log);
    hide_->setVisible(log);
    error_->hide();
    follow_->hide();
    connect(field_, &QLineEdit::textChanged, this, &LogPanel::runSearch);
    connect(regex_, &QAbstractButton::toggled, this, &LogPanel::runSearch);
    connect(previous_, &QAbstractButton::clicked, view_, [this] { view_->nextHit(false); });
    connect(next_, &QAbstractButton::clicked, view_, [this] { view_->nextHit(true); });
    connect(hide_, &QAbstractButton::toggled, view_, &LogView::setHideOthers);
    connect(times_, &QAbstractButton::toggled, view_, &LogView::setTimes);
    connect(wrap_, &QAbstractButton::toggled, view_, &LogView::setWrap);
    connect(copy_, &QAbstractButton::clicked, this, &LogPanel::copyAll);
    connect(save_, &QAbstractButton::clicked, this, &LogPanel::save);
    connect(more_, &QAbstractButton::clicked, this, &LogPanel::showMore);
    connect(error_, &QAbstractButton::clicked, this, [this] {
        if (view_->errorLine()) view_->showLine(*view_->errorLine());
    });
    connect(follow_, &QAbstractButton::clicked, view_, &LogView::setFollow);
    connect(view_, &LogView::followChanged, follow_, &QAbstractButton::setChecked);
    connect(view_, &LogView::searchChanged, this, &LogPanel::refreshCount);
    connect(view_, &LogView::newBelow, this, [this](int lines) {
        newLines_->setVisible(lines > 0 && live_ && !view_->follow());
        // Where nothing was seen before, none is newer than the others.
        newLines_->setText(QStringLiteral("%1 %2%3 below")
                               .arg(QLocale::c().toString(lines),
                                    view_->sawLines() ? QStringLiteral("new ") : QString(),
                                    lines == 1 ? QStringLiteral("line") : QStringLiteral("lines")));
        placeNewLines();
    });
    connect(newLines_, &QAbstractButton::clicked, this, [this] { view_->setFollow(true); });
    refreshCount();
}

Button* LogPanel::addTool(const QString& icon, const QString& text, const QString& hint, bool checkable) {
    auto* tool = new Button(theme_, icon, text, Button::Kind::Ghost, bar_);
    tool->setHint(hint);
    tool->setAccessibleName(hint);
    tool->setCheckable(checkable);
    bar_->layout()->addWidget(tool);
    return tool;
}

void LogPanel::setTitle(const QString& title) {
    if (title == title_->text()) return;
    title_->setText(title);
    refreshTools();
}

void LogPanel::setNote(const QString& note) {
    note_->setWhole(note);
    refreshTools();
}

void LogPanel::setLive(bool live) {
    live_ = live;
    follow_->setVisible(live);
    refreshTools();
    if (!live) newLines_->hide();
}

void LogPanel::setRefused(const QString& title, const QString& why, const QString& command) {
    if (std::exchange(refusedFor_, why) == why) return;
    const bool refused = !title.isEmpty();
    if (refused) {
        refused_->clearSteps();
        refused_->setTexts(title, why);
        refused_->addCommand(QStringLiteral("Ask for the right to read them"),
                             QStringLiteral("A cluster administrator runs this."), command);
    }
    // The focus stays here: what is hidden would hand it on.
    const bool focused = view_->hasFocus() || refused_->hasFocus();
    refused_->setVisible(refused);
    view_->setVisible(!refused);
    if (focused) mainWidget()->setFocus();
}

QWidget* LogPanel::mainWidget() {
    return refusedFor_.isEmpty() ? static_cast<QWidget*>(view_) : refused_;
}

void LogPanel::refreshErrorButton() {
    refreshTools();
}

void LogPanel::focusSearch() {
    field_->setFocus();
    field_->selectAll();
}

void LogPanel::runSearch() {
    const bool valid = view_->search(field_->text(), regex_->isChecked());
    field_->setProblem(valid ? QString() : QStringLiteral("This is no valid expression"));
    if (hide_->isChecked()) view_->setHideOthers(true);
    refreshCount();
}

void LogPanel::refreshCount() {
    const LogSearch& found = view_->found();
    const QLocale numbers(QLocale::English);
    const auto count = static_cast<qlonglong>(found.hits().size());
    QString note;
    if (found.active()) {
        note = count == 0 ? (found.complete() ? QStringLiteral("none") : QStringLiteral("searching"))
                          : QStringLiteral("%1 of %2 lines")
                                .arg(numbers.toString(found.current() + 1), numbers.toString(count));
        // One steps from line to line; a line with two hits is one of them.
        if (count == 1) note = QStringLiteral("1 line");
        if (!found.complete() && count > 0) note += QStringLiteral(" …");
    }
    // A red edge alone is not seen by everyone.
    field_->setNote(field_->hasProblem() ? QStringLiteral("invalid") : note);
    for (Button* tool : {previous_, next_}) tool->setEnabled(count > 0);
    refreshTools();
}

/// Tools without room in the bar are in the menu at its end, what is wanted most the last.
void LogPanel::refreshTools() {
    const bool searching = view_->found().active();
    const bool log = kind_ == Kind::Log;
    const int spacing = bar_->layout()->spacing();
    // What is searched for must be readable beside its count.
    const int field = theme_.px(searching ? kSearchedField : kLeastField);
    const QMargins margins = bar_->layout()->contentsMargins();
    int room = width() - margins.left() - margins.right() - 3 * (spacing + 4) - field - spacing -
               title_->sizeHint().width() - std::min(note_->sizeHint().width(), theme_.px(kLeastNote)) - spacing;
    const auto needs = [spacing](const QWidget* tool) { return tool->sizeHint().width() + spacing; };
    if (live_) room -= needs(follow_);
    std::vector<Button*> wanted;
    if (searching) wanted = {previous_, next_};
    if (view_->errorLine()) wanted.push_back(error_);
    if (log) wanted.push_back(hide_);
    wanted.push_back(regex_);
    if (log) wanted.push_back(times_);
    for (Button* tool : {wrap_, save_, copy_}) wanted.push_back(tool);
    int all = 0;
    for (const Button* tool : wanted) all += needs(tool);
    const bool tooMuch = all > room;
    if (tooMuch) room -= needs(more_);
    inMenu_.clear();
    for (Button* tool : wanted) {
        const bool fits = room >= needs(tool);
        if (fits) room -= needs(tool);
        tool->setVisible(fits);
        if (!fits) inMenu_.push_back(tool);
    }
    more_->setVisible(tooMuch);
    // There is nothing to take along.
    const bool lines = view_->log().size() > 0;
    for (Button* tool : {copy_, save_}) tool->setEnabled(lines);
    if (!view_->errorLine()) error_->hide();
    // Before anything is searched for they do nothing.
    const bool idle = !tooMuch && room >= 2 * needs(next_);
    for (Button* tool : {previous_, next_}) {
        if (!searching) tool->setVisible(idle);
    }
}

void LogPanel::showMore() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (Button* tool : inMenu_) {
        QAction* action = menu->addAction(tool == error_ ? tool->text() : tool->accessibleName());
        action->setCheckable(tool->isCheckable());
        action->setChecked(tool->isChecked());
        action->setEnabled(tool->isEnabled());
        connect(action, &QAction::triggered, tool, &QAbstractButton::click);
    }
    popupBelowEnd(*menu, *more_);
}

void LogPanel::copyAll() {
    if (view_->hasSelection()) return view_->copy();
    QString all;
    const LogBuffer& log = view_->log();
    all.reserve(static_cast<qsizetype>(log.bytes()));
    for (std::size_t i = 0; i < log.size(); ++i) {
        const std::string_view line = log.line(i);
        all += QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
        all += QLatin1Char('\n');
    }
    QGuiApplication::clipboard()->setText(all);
}

void LogPanel::save() {
    const QString path = QFileDialog::getSaveFileName(this, QStringLiteral("Save the log"), fileName_);
    if (path.isEmpty()) return;
    if (!saveTo(path)) note_->setWhole(QStringLiteral("cannot write %1").arg(path));
}

bool LogPanel::saveTo(const QString& path) const {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    const LogBuffer& log = view_->log();
    for (std::size_t i = 0; i < log.size(); ++i) {
        if (view_->times() && log.timeMs(i) != 0) {
            file.write(QDateTime::fromMSecsSinceEpoch(log.timeMs(i)).toString(Qt::ISODateWithMs).toUtf8());
            file.write(" ");
        }
        const std::string_view line = log.line(i);
        file.write(line.data(), static_cast<qint64>(line.size()));
        file.write("\n");
    }
    return file.commit();
}

void LogPanel::placeNewLines() {
    newLines_->adjustSize();
    newLines_->move((width() - newLines_->width()) / 2, height() - newLines_->height() - 16);
    newLines_->raise();
}

void LogPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refreshTools();
    placeNewLines();
}

void LogPanel::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Find) || event->text() == QLatin1String("/")) return focusSearch();
    QWidget::keyPressEvent(event);
}

bool LogPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
        view_->nextHit(!(key->modifiers() & Qt::ShiftModifier));
        return true;
    }
    if (key->key() == Qt::Key_Escape && field_->text().isEmpty()) {
        view_->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LogPanel::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgCanvas);
    drawBottomLine(p, bar_->geometry(), theme_.colors().lineDefault);
}

}  // namespace cerebral::ui
