#pragma once
/// @file RunEvents: the events of a run, or which right is missing to read them.

#include <QStackedLayout>
#include <QWidget>
#include <optional>

#include "ui/models/run_detail.h"
#include "ui/models/text_table_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/text_table.h"

namespace cerebral::ui {

class RunEvents : public QWidget {
    Q_OBJECT
public:
    explicit RunEvents(const Theme& theme, QWidget* parent = nullptr);

    void setRun(const RunDetail& run);
    void clear();
    /// `refusal`: the server's words; empty: they may be read. `read`: all there are were read once.
    void setAccess(const QString& refusal, bool read, const QString& ns);
    /// How many there are; none while nobody knows.
    [[nodiscard]] std::optional<int> count() const;
    /// Takes the keyboard.
    [[nodiscard]] QWidget* mainWidget() const;
    [[nodiscard]] TextTableModel& model() noexcept { return model_; }
    [[nodiscard]] TextTable& table() noexcept { return *table_; }

private:
    TextTableModel model_;
    TextTable* table_;
    EmptyState* refused_;
    QStackedLayout* stack_;
    QString refusal_;
};

}  // namespace cerebral::ui
