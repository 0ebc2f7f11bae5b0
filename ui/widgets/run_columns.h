#pragma once
/// @file RunColumns: which columns of the table of runs are shown, and how wide they are.
///
/// Widths are kept as they were given or dragged, at normal size of text. Where there is less room, Branch and
/// Trigger become narrower, then columns go, what matters least first; why a run stands where it stands stays in
/// sight.

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTableView>

#include "ui/theme/theme.h"

namespace cerebral::ui {

class RunColumns : public QObject {
    Q_OBJECT
public:
    /// `table` has its header and model.
    RunColumns(const Theme& theme, QTableView& table);

    /// Somebody wants to see it; where there is little room it may be hidden all the same.
    [[nodiscard]] bool wanted(int column) const { return !unwanted_.contains(column); }
    /// Wanted, and hidden for want of room.
    [[nodiscard]] bool tooNarrow(int column) const;
    void setWanted(int column, bool wanted);
    [[nodiscard]] QByteArray save() const;
    void restore(const QByteArray& state);
    /// Width of the table; before it is known everything fits.
    void setRoom(int width);
    void fit();

private:
    void noteDragged(int column, int width);
    [[nodiscard]] int full(int column) const;
    [[nodiscard]] int least(int column) const;
    /// What it takes of `spare` room beyond its full width.
    [[nodiscard]] int growth(int column, int spare) const;
    [[nodiscard]] int headWidth(int column) const;
    void apply(const QSet<int>& shown, int room);

    const Theme& theme_;
    QTableView& table_;
    QSet<int> unwanted_;
    QHash<int, double> widths_;
    int room_ = -1;
    bool fitting_ = false;
};

}  // namespace cerebral::ui
