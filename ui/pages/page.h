#pragma once
/// @file Page: what the main window asks of a page.

#include <QWidget>
#include <vector>

#include "ui/models/connection.h"

class QStackedLayout;

namespace cerebral::ui {

class DeskActions;
struct ActionTarget;

class Page : public QWidget {
public:
    using QWidget::QWidget;

    /// Words typed into the search field of the top bar.
    virtual void setSearch(const QString& text) = 0;
    /// Once a second while the window is visible.
    virtual void tick() {}
    virtual void setConnection(const ConnectionSummary& summary) = 0;
    /// Below 1360 and below 1136.
    virtual void setWidthClass(bool /*normal*/, bool /*narrow*/) {}
    /// The widget that takes the keyboard when the page comes up.
    virtual QWidget* mainWidget() = 0;
    /// Where F6 goes on the page, one after the other: its header, filters, list.
    [[nodiscard]] virtual std::vector<QWidget*> parts() { return {mainWidget()}; }
    /// True when what the page is for is on screen: nothing is loading.
    [[nodiscard]] virtual bool filled() const = 0;
    /// What actions and keys apply to now; by default nothing.
    [[nodiscard]] virtual ActionTarget target(const DeskActions& actions) const;
    /// What is open beside the main widget, for F6; null: nothing is.
    [[nodiscard]] virtual QWidget* sidePanel() { return nullptr; }
    /// Esc: closes the nearest thing on the page; false when there was none.
    virtual bool closeNearest() { return false; }

protected:
    /// Shows one of the parts of the page that take turns.
    void bringUp(QStackedLayout& parts, QWidget& part);
};

}  // namespace cerebral::ui
