#pragma once
/// @file LetterKeys: where single letters are switched off they reach no widget of the window but what takes text.

#include <QObject>

class QWidget;

namespace cerebral::ui {

class Settings;

class LetterKeys : public QObject {
    Q_OBJECT
public:
    /// Belongs to `window`.
    LetterKeys(const Settings& settings, QWidget& window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Settings& settings_;
    QWidget& window_;
};

}  // namespace cerebral::ui
