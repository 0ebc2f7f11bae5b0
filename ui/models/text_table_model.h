#pragma once
/// @file TextTableModel: a small table of texts that is told its whole contents again and again and changes only
/// the rows that differ.
///
/// Rows have keys: a row whose key stays is the same row. Never reset.

#include <QAbstractTableModel>
#include <QStringList>
#include <cstdint>
#include <vector>

namespace cerebral::ui {

enum class RowLevel : std::uint8_t { None, Normal, Warning };

struct TextRow {
    QString key;
    QStringList cells;
    RowLevel level = RowLevel::None;  ///< a glyph at the row's left edge
    bool marked = false;              ///< told apart by an edge and stronger text
    bool weak = false;
    bool heading = false;  ///< its first cell names the rows below
    QStringList tips{};    ///< of cells whose hover says more than they do
    bool operator==(const TextRow&) const = default;
};

class TextTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role : int { LevelRole = Qt::UserRole, MarkedRole, WeakRole, HeadingRole };

    struct Column {
        QString title;
        bool mono = false;
        bool right = false;
    };
    explicit TextTableModel(std::vector<Column> columns, QObject* parent = nullptr);

    void setRows(const std::vector<TextRow>& rows);
    void setTitle(int column, const QString& title);
    [[nodiscard]] const std::vector<TextRow>& rows() const noexcept { return rows_; }
    [[nodiscard]] const Column& column(int index) const { return columns_[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Column> columns_;
    std::vector<TextRow> rows_;
};

}  // namespace cerebral::ui
