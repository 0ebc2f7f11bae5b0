#include "ui/widgets/service_picker.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QTimer>
#include <algorithm>

#include "ui/widgets/rule.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {
constexpr double kRow = 32;
}  // namespace

ServicePicker::ServicePicker(const Theme& theme, const QStringList& services, QWidget* parent)
    : Card(theme, Ground::Raised, parent),
      theme_(theme),
      filter_(new IconField(theme, QStringLiteral("search"), QStringLiteral("Filter"), {}, this)),
      all_(new LinkText(theme, &Fonts::small, this)),
      area_(new QScrollArea(this)) {
    layout()->setContentsMargins(1, 1, 1, 4);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(3, 0, 9, 0);
    head->setSpacing(8);
    filter_->setFrame(false);
    filter_->setFieldHeight(kRow - 1);
    filter_->setAccessibleName(QStringLiteral("Filter services"));
    filter_->installEventFilter(this);
    all_->hide();
    // On the line of what is typed beside it.
    keepHeight(theme_, all_, kRow - 1);
    all_->setContentsMargins(0, 3, 0, 0);
    head->addWidget(filter_, 1);
    head->addWidget(all_);
    static_cast<QVBoxLayout*>(layout())->addLayout(head);
    auto* rule = new Rule(theme_, &Colors::lineDefault, this);
    rule->setFixedHeight(1);
    add(rule);

    area_->setFocusPolicy(Qt::NoFocus);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setWidgetResizable(true);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* list = new QWidget(area_);
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const QString& service : services) {
        auto* row = new CheckRow(theme_, service, list);
        row->setLast(service == services.constLast());
        row->installEventFilter(this);
        column->addWidget(row);
        rows_.push_back(row);
        connect(row, &QAbstractButton::toggled, this, [this] {
            refreshLink();
            emit changed();
        });
    }
    column->addStretch();
    area_->setWidget(list);
    add(area_);
    connect(filter_, &QLineEdit::textChanged, this, &ServicePicker::applyFilter);
    connect(all_, &QAbstractButton::clicked, this, &ServicePicker::toggleBased);
    setVisibleRows(static_cast<int>(rows_.size()));
}

QStringList ServicePicker::ticked() const {
    QStringList names;
    for (const CheckRow* row : rows_) {
        if (row->isChecked()) names << row->text();
    }
    return names;
}

void ServicePicker::tick(const QString& service, bool on) {
    for (CheckRow* row : rows_) {
        if (row->text() == service) row->setChecked(on);
    }
}

void ServicePicker::setNote(const QString& service, const ServiceNote& note) {
    for (CheckRow* row : rows_) {
        if (row->text() == service) row->setNote(note);
    }
}

void ServicePicker::setBased(const QStringList& services, const QString& image) {
    if (services == based_ && image == image_) return;
    based_ = services;
    image_ = image;
    refreshLink();
}

bool ServicePicker::allBasedTicked() const {
    return std::all_of(rows_.begin(), rows_.end(),
                       [this](const CheckRow* row) { return row->isChecked() || !based_.contains(row->text()); });
}

void ServicePicker::refreshLink() {
    all_->setVisible(!based_.isEmpty() && isEnabled());
    all_->setText((allBasedTicked() ? QStringLiteral("None on ") : QStringLiteral("All on ")) + image_);
    all_->setAccessibleName(all_->text());
    all_->updateGeometry();
    all_->update();
}

void ServicePicker::toggleBased() {
    const bool on = !allBasedTicked();
    for (const QString& service : std::as_const(based_)) tick(service, on);
}

void ServicePicker::setVisibleRows(int rows) {
    area_->setFixedHeight(rows * theme_.px(kRow));
    // Once the rows have their places: what is ticked is seen.
    QTimer::singleShot(0, this, &ServicePicker::showTicked);
}

void ServicePicker::showTicked() {
    const auto ticked =
        std::find_if(rows_.begin(), rows_.end(), [](const CheckRow* row) { return row->isChecked(); });
    if (ticked != rows_.end()) area_->ensureWidgetVisible(*ticked, 0, 0);
}

std::vector<CheckRow*> ServicePicker::shown() const {
    std::vector<CheckRow*> left;
    std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(left),
                 [](const CheckRow* row) { return !row->isHidden(); });
    return left;
}

void ServicePicker::applyFilter() {
    const QString wanted = filter_->text().trimmed();
    for (CheckRow* row : rows_) row->setVisible(row->text().contains(wanted, Qt::CaseInsensitive));
    const auto left = shown();
    // The line that ends the list is the card's own where nothing follows.
    for (CheckRow* row : left) row->setLast(row == rows_.back());
}

void ServicePicker::changeEvent(QEvent* event) {
    Card::changeEvent(event);
    if (event->type() == QEvent::EnabledChange) refreshLink();
}

bool ServicePicker::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return Card::eventFilter(watched, event);
    const auto* pressed = static_cast<QKeyEvent*>(event);
    const auto left = shown();
    if (left.empty()) return Card::eventFilter(watched, event);
    if (watched == filter_) {
        const bool enter = pressed->key() == Qt::Key_Return || pressed->key() == Qt::Key_Enter;
        if (pressed->key() == Qt::Key_Down) {
            left.front()->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (enter && pressed->modifiers() == Qt::NoModifier && left.size() == 1) {
            left.front()->toggle();
            return true;
        }
        return Card::eventFilter(watched, event);
    }
    const int step = pressed->key() == Qt::Key_Down ? 1 : pressed->key() == Qt::Key_Up ? -1 : 0;
    const auto at = std::find(left.begin(), left.end(), watched);
    if (step == 0 || at == left.end()) return Card::eventFilter(watched, event);
    const auto to = at - left.begin() + step;
    if (to < 0) {
        filter_->setFocus(Qt::TabFocusReason);
    } else if (to < static_cast<std::ptrdiff_t>(left.size())) {
        CheckRow* row = left[static_cast<std::size_t>(to)];
        row->setFocus(Qt::TabFocusReason);
        area_->ensureWidgetVisible(row, 0, 0);
    }
    return true;
}

}  // namespace cerebral::ui
