#pragma once
/// @file PushFilterBar: the chips above the list of pushes.

#include <QMenu>
#include <QWidget>

#include "ui/models/push_model.h"
#include "ui/models/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"

namespace cerebral::ui {

class PushFilterBar : public QWidget {
    Q_OBJECT
public:
    PushFilterBar(const Theme& theme, const PushModel& pushes, Settings& settings, QWidget* parent = nullptr);

    [[nodiscard]] const PushFilter& filter() const noexcept { return filter_; }
    void setWords(const QStringList& words);
    void setMine(bool on);
    void setNeedsSomeone(bool on);
    void setBranch(const QString& branch);
    void setService(const QString& service);
    void clear();
    /// While the connection is lost.
    void setHeld(bool held);
    void refreshCounts();

signals:
    void filterChanged();

private:
    void askWhoIAm();
    void openBranches();
    void openServices();
    QMenu* choices(const QStringList& values, const QString& chosen, void (PushFilterBar::*choose)(const QString&));

    const Theme& theme_;
    const PushModel& pushes_;
    Settings& settings_;
    PushFilter filter_;
    Chip* mine_;
    Chip* needs_;
    Chip* branch_;
    Chip* service_;
};

}  // namespace cerebral::ui
