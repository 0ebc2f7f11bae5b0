#pragma once
/// @file Notice: one sentence at the lower edge of the window about what was just done; goes by itself.
///
/// Also the progress of what takes longer than 300 ms, with a button that stops it.

#include <QAbstractItemView>
#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <vector>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

namespace cerebral::ui {

class Notice : public QWidget {
    Q_OBJECT
public:
    Notice(const Theme& theme, QWidget& window);
    /// Ends the progress that may be shown.
    void say(const QString& text, Status status);
    [[nodiscard]] QString text() const { return text_; }

    /// Shown when `say` has not ended it within 300 ms. `stop` is what the button and Esc do.
    void work(const QString& text, std::size_t all, std::function<void()> stop);
    void advance(std::size_t done);
    [[nodiscard]] bool working() const { return stop_ != nullptr; }
    /// False when nothing is under way.
    bool stopWork();
    /// The current row of this list of the window is not covered.
    void avoid(const QAbstractItemView& list);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void appear();
    void place();
    /// In the window; empty where no row is to be left free.
    [[nodiscard]] QRect rowToLeaveFree() const;

    const Theme& theme_;
    Button* button_;
    QString text_;
    QString doing_;
    Status status_ = Status::Succeeded;
    std::size_t done_ = 0;
    std::size_t all_ = 0;
    std::function<void()> stop_;
    QTimer late_;
    QTimer gone_;
    std::vector<QPointer<const QAbstractItemView>> lists_;
};

}  // namespace cerebral::ui
