#pragma once
/// @file The list behind the connection pill: each kind with its state and cause, and "reconnect now". Its ages are
/// those of the summary it was given last, the pill's.

#include <QMenu>
#include <functional>
#include <vector>

#include "ui/models/connection.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

/// Deletes itself when closed.
class ConnectionMenu : public QMenu {
    Q_OBJECT
public:
    ConnectionMenu(const Theme& theme, const ConnectionSummary& summary, std::function<void()> retry,
                   QWidget* parent);
    /// Later states of the same kinds; what else there is by now shows when it opens again.
    void setSummary(const ConnectionSummary& summary);

private:
    const Theme& theme_;
    std::vector<QAction*> lines_;  ///< one a kind
    std::vector<QString> names_;
};

}  // namespace cerebral::ui
