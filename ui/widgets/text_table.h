#pragma once
/// @file TextTable: the view of a TextTableModel in the product's rows. Ctrl+C copies the current row.

#include <QTableView>

#include "ui/models/text_table_model.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TextTable : public QTableView {
    Q_OBJECT
public:
    /// `widths`: of the columns, in tokens; the last one takes the rest.
    TextTable(const Theme& theme, TextTableModel& model, const std::vector<int>& widths, QWidget* parent = nullptr);
    /// What stands here while there are no rows.
    void setEmptyText(const QString& text) { emptyText_ = text; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Delegate;
    const Theme& theme_;
    TextTableModel& model_;
    QString emptyText_;
};

}  // namespace cerebral::ui
