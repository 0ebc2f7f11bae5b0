#include "ui/pages/settings_page.h"

#include <QHBoxLayout>
#include <QPainter>
#include <array>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/rule.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/scroll_body.h"

namespace cerebral::ui {
namespace {

constexpr double kWidth = 720;
constexpr double kControl = 280;
constexpr double kNotePitch = 16;
constexpr double kTwoColumns = 1200;
constexpr double kBetweenColumns = 48;
constexpr int kBetweenGroups = 28;
constexpr std::array kScales{100, 125, 150, 175, 200};

}  // namespace

SettingsPage::SettingsPage(const Theme& theme, Settings& settings, QWidget* parent)
    : Page(parent),
      theme_(theme),
      settings_(settings),
      names_(new IconField(theme, QStringLiteral("user"), QStringLiteral("mkern, Mara Kern"), {}, this)),
      look_(new QComboBox(this)),
      scale_(new QComboBox(this)),
      notices_(new QComboBox(this)),
      tray_(new Switch(theme, {}, this)),
      letters_(new Switch(theme, {}, this)),
      receiver_(new IconField(theme, QStringLiteral("link"), QStringLiteral("Found through the Ingress"), {}, this)) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(24, 0, 0, 0);
    all->setSpacing(0);
    auto* title = makeLabel(theme_, &Fonts::pageTitle, &Colors::text1, QStringLiteral("Settings"), this);
    keepHeight(theme_, title, 56);
    all->addWidget(title);
    auto* body = new QWidget(this);
    columns_ = new QBoxLayout(QBoxLayout::TopToBottom, body);
    columns_->setContentsMargins(0, 0, 0, 0);
    QVBoxLayout* column = addColumn(*body);

    addGroup(*column, QStringLiteral("You"));
    names_->setText(settings_.handles().join(QStringLiteral(", ")));
    connect(names_, &QLineEdit::editingFinished, this, [this] {
        QStringList handles;
        for (const QString& name : names_->text().split(QLatin1Char(','))) handles << name.trimmed();
        handles.removeAll(QString());
        settings_.setHandles(handles);
    });
    addRow(*column, QStringLiteral("Your names"),
           QStringLiteral("As author or pusher, with commas between. “Mine” shows their pushes."), names_);

    addGroup(*column, QStringLiteral("Look"));
    look_->addItem(QStringLiteral("Follow the desktop"), QStringLiteral("system"));
    look_->addItem(QStringLiteral("Light"), QStringLiteral("light"));
    look_->addItem(QStringLiteral("Dark"), QStringLiteral("dark"));
    look_->setCurrentIndex(look_->findData(settings_.theme()));
    connect(look_, &QComboBox::activated, this, [this] { settings_.setTheme(look_->currentData().toString()); });
    addRow(*column, QStringLiteral("Theme"), QStringLiteral("Light, dark, or what the desktop prefers."), look_);

    for (const int percent : kScales) scale_->addItem(QStringLiteral("%1 %").arg(percent), percent);
    scale_->setCurrentIndex(std::max(0, scale_->findData(qRound(settings_.fontScale() * 100))));
    connect(scale_, &QComboBox::activated, this,
            [this] { settings_.setFontScale(scale_->currentData().toInt() / 100.0); });
    addRow(*column, QStringLiteral("Size of text"), QStringLiteral("Everything grows with it."), scale_);

    addGroup(*column, QStringLiteral("Keys"));
    letters_->setChecked(settings_.letterKeys());
    connect(letters_, &QAbstractButton::toggled, &settings_, &Settings::setLetterKeys);
    addRow(*column, QStringLiteral("Single letters are commands"),
           QStringLiteral("R rebuilds, X cancels, G P goes to Pushes. ? shows all keys."), letters_);

    column->addStretch();
    column = addColumn(*body);
    addGroup(*column, QStringLiteral("Notifications"));
    notices_->addItem(QStringLiteral("Every push"), QStringLiteral("all"));
    notices_->addItem(QStringLiteral("Only mine"), QStringLiteral("mine"));
    notices_->addItem(QStringLiteral("None"), QStringLiteral("none"));
    notices_->setCurrentIndex(notices_->findData(settings_.notices()));
    connect(notices_, &QComboBox::activated, this,
            [this] { settings_.setNotices(notices_->currentData().toString()); });
    addRow(*column, QStringLiteral("Notify about"),
           QStringLiteral("One for each push, from building to live or failed. “Only mine” goes by your names."),
           notices_);

    tray_->setChecked(settings_.tray());
    connect(tray_, &QAbstractButton::toggled, &settings_, &Settings::setTray);
    addRow(*column, QStringLiteral("Icon in the tray"),
           QStringLiteral("Shows the worst state of your pushes, where the desktop has a tray."), tray_);

    addGroup(*column, QStringLiteral("Cluster"));
    receiver_->setText(settings_.receiverUrl());
    connect(receiver_, &QLineEdit::editingFinished, this, [this] { settings_.setReceiverUrl(receiver_->text()); });
    addRow(*column, QStringLiteral("Receiver"),
           QStringLiteral("Where rebuilds are sent to; https unless it is on this machine."), receiver_);
    column->addStretch();
    auto* scroll = new ScrollBody(this);
    auto* content = new QWidget(scroll);
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 24, 24);
    row->addWidget(body, 1);
    row->addStretch();
    scroll->setContent(content);
    all->addWidget(scroll, 1);
    connect(&settings_, &Settings::changed, this, &SettingsPage::refresh);
    connect(&theme_, &Theme::changed, this, [this] {
        showLook();
        arrange();
        update();
    });
    arrange();
}

QVBoxLayout* SettingsPage::addColumn(QWidget& body) {
    auto* part = new QWidget(&body);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    columns_->addWidget(part, 1);
    return column;
}

/// Beside each other where both have room.
void SettingsPage::arrange() {
    const bool beside = width() >= theme_.px(kTwoColumns);
    columns_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    columns_->setSpacing(beside ? theme_.px(kBetweenColumns) : kBetweenGroups);
    columns_->parentWidget()->setMaximumWidth(theme_.px(beside ? 2 * kWidth + kBetweenColumns : kWidth));
}

void SettingsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

/// What is in force, whoever set it.
void SettingsPage::showLook() {
    look_->setCurrentIndex(static_cast<int>(theme_.mode()));
    scale_->setCurrentIndex(std::max(0, scale_->findData(qRound(theme_.fontScale() * 100))));
}

void SettingsPage::refresh() {
    // Commands and other windows change settings too.
    if (!names_->hasFocus()) names_->setText(settings_.handles().join(QStringLiteral(", ")));
    if (!receiver_->hasFocus()) receiver_->setText(settings_.receiverUrl());
    look_->setCurrentIndex(look_->findData(settings_.theme()));
    scale_->setCurrentIndex(std::max(0, scale_->findData(qRound(settings_.fontScale() * 100))));
    letters_->setChecked(settings_.letterKeys());
    notices_->setCurrentIndex(notices_->findData(settings_.notices()));
    tray_->setChecked(settings_.tray());
}

void SettingsPage::addGroup(QVBoxLayout& column, const QString& title) {
    if (column.count() > 0) column.addSpacing(16);
    column.addWidget(makeLabel(theme_, &Fonts::section, &Colors::text1, title, this));
}

void SettingsPage::addRow(QVBoxLayout& column, const QString& title, const QString& text, QWidget* control) {
    auto* rule = new Rule(theme_, &Colors::lineSubtle, this);
    rule->setFixedHeight(1);
    column.addWidget(rule);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(makeLabel(theme_, &Fonts::strong, &Colors::text1, title, this));
    auto* note = new Paragraph(theme_, &Fonts::small, &Colors::text3, kNotePitch, this);
    note->setText(text);
    words->addWidget(note);
    row->addLayout(words, 1);
    control->setAccessibleName(title);
    if (qobject_cast<Switch*>(control) == nullptr) keepWidth(theme_, control, kControl);
    row->addWidget(control, 0, Qt::AlignVCenter);
    column.addLayout(row);
}

void SettingsPage::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), theme_.colors().bgCanvas);
}

}  // namespace cerebral::ui
