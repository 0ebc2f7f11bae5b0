#pragma once
/// @file Notice: one sentence at the lower edge of the window about what was just done; goes by itself.

#include <QTimer>
#include <QWidget>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class Notice : public QWidget {
    Q_OBJECT
public:
    Notice(const Theme& theme, QWidget& window);
    void say(const QString& text, Status status);
    [[nodiscard]] QString text() const { return text_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    const Theme& theme_;
    QString text_;
    Status status_ = Status::Succeeded;
    QTimer gone_;
};

}  // namespace cerebral::ui
