#pragma once
/// @file RefusalBar: a line above what cannot be shown: which right is missing, for whom, and the command that grants
/// it, to be copied.

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"

namespace cerebral::ui {

class RefusalBar : public QWidget {
    Q_OBJECT
public:
    explicit RefusalBar(const Theme& theme, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text, const QString& command);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QLabel* title_;
    QLabel* text_;
    QVBoxLayout* column_;
    QString command_;
    CommandBox* box_ = nullptr;
};

}  // namespace cerebral::ui
