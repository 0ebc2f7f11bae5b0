#include "ui/pages/push_filter_bar.h"

#include "ui/models/format.h"
#include "ui/models/push_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/menu_heading.h"

namespace cerebral::ui {
namespace {

constexpr int kMostPeople = 20;

QString menuText(const QString& text) {
    return QString(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

}  // namespace

PushFilterBar::PushFilterBar(const Theme& theme, const PushModel& pushes, Settings& settings, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      pushes_(pushes),
      settings_(settings),
      mine_(new Chip(theme, QStringLiteral("Mine"), this)),
      needs_(new Chip(theme, QStringLiteral("Failed or stuck"), this)),
      branch_(new Chip(theme, QStringLiteral("Branch: any"), this)),
      service_(new Chip(theme, QStringLiteral("Service: any"), this)) {
    mine_->setIconName(QStringLiteral("user"));
    branch_->setTail(Chip::Tail::Choice);
    service_->setTail(Chip::Tail::Choice);
    auto* row = new FlowLayout(this);
    row->setRightAligned(true);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (Chip* chip : {mine_, needs_, branch_, service_}) row->addWidget(chip);
    connect(mine_, &QAbstractButton::clicked, this, [this](bool on) {
        if (on && settings_.handles().isEmpty()) {
            mine_->setChecked(false);
            askWhoIAm();
        } else {
            setMine(on);
        }
    });
    connect(needs_, &QAbstractButton::clicked, this, &PushFilterBar::setNeedsSomeone);
    connect(branch_, &QAbstractButton::clicked, this, &PushFilterBar::openBranches);
    connect(service_, &QAbstractButton::clicked, this, &PushFilterBar::openServices);
    connect(&settings_, &Settings::changed, this, [this] {
        if (!filter_.mine.isEmpty()) setMine(true);
    });
}

void PushFilterBar::setWords(const QStringList& words) {
    if (words == filter_.words) return;
    filter_.words = words;
    emit filterChanged();
}

void PushFilterBar::setMine(bool on) {
    filter_.mine = on ? settings_.handles() : QStringList();
    mine_->setChecked(!filter_.mine.isEmpty());
    mine_->setToolTip(settings_.handles().join(QStringLiteral(", ")));
    emit filterChanged();
}

void PushFilterBar::setNeedsSomeone(bool on) {
    filter_.needsSomeone = on;
    needs_->setChecked(on);
    emit filterChanged();
}

void PushFilterBar::setBranch(const QString& branch) {
    filter_.branch = branch;
    branch_->setChecked(!branch.isEmpty());
    branch_->setChipText(QStringLiteral("Branch: ") + (branch.isEmpty() ? QStringLiteral("any") : branch));
    emit filterChanged();
}

void PushFilterBar::setService(const QString& service) {
    filter_.service = service;
    service_->setChecked(!service.isEmpty());
    service_->setChipText(QStringLiteral("Service: ") + (service.isEmpty() ? QStringLiteral("any") : service));
    emit filterChanged();
}

void PushFilterBar::clear() {
    const QSignalBlocker quiet(this);
    setMine(false);
    setNeedsSomeone(false);
    setBranch({});
    setService({});
    filter_.words.clear();
    blockSignals(false);
    emit filterChanged();
}

void PushFilterBar::setHeld(bool held) {
    if (held == filter_.held) return;
    filter_.held = held;
    filter_.needsSomeone ? emit filterChanged() : refreshCounts();
}

void PushFilterBar::refreshCounts() {
    int count = 0;
    pushes_.forEachState([&](const journey::Push& push, journey::PushState state) {
        count += filter_.isForSomeone(state) && filter_.acceptsBesidesState(push) ? 1 : 0;
    });
    needs_->setCount(count, Status::Failed);
}

void PushFilterBar::askWhoIAm() {
    QStringList people;
    pushes_.forEach([&](const journey::Push& push) {
        for (const std::string& who : {push.author, push.pusher}) people << fromUtf8(who);
    });
    people.removeAll(QString());
    people.removeDuplicates();
    people.sort(Qt::CaseInsensitive);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addMenuHeading(*menu, theme_,
                   people.isEmpty() ? QStringLiteral("Nobody has pushed yet")
                                    : QStringLiteral("Which of these are you? Settings take other names."));
    for (const QString& who : people.mid(0, kMostPeople)) {
        connect(menu->addAction(menuText(who)), &QAction::triggered, this, [this, who] {
            settings_.setHandles({who});
            setMine(true);
        });
    }
    menu->popup(mine_->mapToGlobal(QPoint(0, mine_->height() + 4)));
}

QMenu* PushFilterBar::choices(const QStringList& values, const QString& chosen,
                              void (PushFilterBar::*choose)(const QString&)) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QString& value) {
        QAction* action = menu->addAction(menuText(text));
        action->setCheckable(true);
        action->setChecked(chosen == value);
        connect(action, &QAction::triggered, this, [this, choose, value] { (this->*choose)(value); });
    };
    add(QStringLiteral("Any"), {});
    menu->addSeparator();
    for (const QString& value : values) add(value, value);
    return menu;
}

void PushFilterBar::openBranches() {
    branch_->setChecked(!filter_.branch.isEmpty());
    QStringList branches;
    pushes_.forEach([&](const journey::Push& push) { branches << fromUtf8(push.branch); });
    branches.removeAll(QString());
    branches.removeDuplicates();
    branches.sort(Qt::CaseInsensitive);
    choices(branches, filter_.branch, &PushFilterBar::setBranch)
        ->popup(branch_->mapToGlobal(QPoint(0, branch_->height() + 4)));
}

void PushFilterBar::openServices() {
    service_->setChecked(!filter_.service.isEmpty());
    QStringList services;
    pushes_.forEach([&](const journey::Push& push) {
        for (const auto& journey : push.services) services << fromUtf8(journey.service);
    });
    services.removeDuplicates();
    services.sort(Qt::CaseInsensitive);
    choices(services, filter_.service, &PushFilterBar::setService)
        ->popup(service_->mapToGlobal(QPoint(0, service_->height() + 4)));
}

}  // namespace cerebral::ui
