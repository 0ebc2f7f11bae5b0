#pragma once
/// @file StaleBanner: 48 px above the page after 30 s without proof; gone without a word when healed.

#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

namespace cerebral::ui {

class StaleBanner : public QWidget {
    Q_OBJECT
public:
    explicit StaleBanner(const Theme& theme, QWidget* parent = nullptr);
    /// `whole`: on hover.
    void setTexts(const QString& title, const QString& text, const QString& whole = {});

signals:
    void detailsRequested();
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString title_;
    QString text_;
    Button* details_;
    Button* retry_;
};

}  // namespace cerebral::ui
