#pragma once
/// @file SettingsPage: what the user chooses; every change counts at once.

#include <QComboBox>
#include <QVBoxLayout>

#include "ui/models/settings.h"
#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_field.h"
#include "ui/widgets/switch.h"

namespace cerebral::ui {

class SettingsPage : public Page {
    Q_OBJECT
public:
    SettingsPage(const Theme& theme, Settings& settings, QWidget* parent = nullptr);

    void setSearch(const QString& /*text*/) override {}
    void setConnection(const ConnectionSummary& /*summary*/) override {}
    QWidget* mainWidget() override { return names_; }
    [[nodiscard]] bool filled() const override { return true; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showLook();
    void arrange();
    QVBoxLayout* addColumn(QWidget& body);
    void addGroup(QVBoxLayout& column, const QString& title);
    void addRow(QVBoxLayout& column, const QString& title, const QString& text, QWidget* control);

    const Theme& theme_;
    Settings& settings_;
    QBoxLayout* columns_ = nullptr;
    IconField* names_;
    QComboBox* look_;
    QComboBox* scale_;
    QComboBox* notices_;
    Switch* tray_;
    Switch* letters_;
    IconField* receiver_;
};

}  // namespace cerebral::ui
