#pragma once
/// @file TextTable: the view of a TextTableModel in the product's rows. Ctrl+C copies the current row.

#include <QTableView>
#include <vector>

#include "ui/models/text_table_model.h"
#include "ui/models/throttle.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class TableHeader;

class TextTable : public QTableView {
    Q_OBJECT
public:
    /// Of a column, in tokens.
    struct Width {
        int wanted = 0;
        int least = 0;  ///< in too little room, in proportion to what each can give
        int grow = 0;   ///< share of what is left in much room
    };
    /// One for each column; the last one takes the rest. A column that was dragged stays as it is.
    TextTable(const Theme& theme, TextTableModel& model, std::vector<Width> widths, QWidget* parent = nullptr);
    /// Texts of this column go on in further lines of the row where one is too short.
    void setWrapped(int column);
    /// What stands here while there are no rows.
    void setEmptyText(const QString& text) { emptyText_ = text; }
    [[nodiscard]] const QString& emptyText() const noexcept { return emptyText_; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Delegate;
    void fit();
    void fitRows();
    /// Rows have a place for a glyph while one of them has a glyph, and the title stands above their text.
    void fitGlyphs();
    const Theme& theme_;
    TextTableModel& model_;
    std::vector<Width> widths_;
    TableHeader* header_;
    QString emptyText_;
    Throttle changed_{std::chrono::milliseconds(0)};  ///< once for all rows that come together
    int wrapped_ = -1;
    bool glyphs_ = false;
    bool fitting_ = false;
    bool dragged_ = false;
};

}  // namespace cerebral::ui
