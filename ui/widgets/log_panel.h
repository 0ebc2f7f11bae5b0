#pragma once
/// @file LogPanel: a log view with its bar: what it is, search, and what can be done with it.

#include <QLabel>
#include <QWidget>
#include <vector>

#include "ui/widgets/button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_field.h"
#include "ui/widgets/log_view.h"
#include "ui/widgets/switch.h"

namespace cerebral::ui {

class LogPanel : public QWidget {
    Q_OBJECT
public:
    /// What the text is decides which of the bar's tools make sense.
    enum class Kind : std::uint8_t { Log, Document };

    LogPanel(const Theme& theme, Kind kind, QWidget* parent = nullptr);

    [[nodiscard]] LogView& view() noexcept { return *view_; }
    [[nodiscard]] IconField& searchField() noexcept { return *field_; }
    void setTitle(const QString& title);
    /// "820 lines · kept in history"
    void setNote(const QString& note);
    /// Whether more is to come: then following makes sense.
    void setLive(bool live);
    /// Call after the view's error line was set.
    void refreshErrorButton();
    /// Instead of the text: which right is missing, and the command that grants it. An empty title: nothing is.
    void setRefused(const QString& title, const QString& why, const QString& command);
    /// Takes the keyboard.
    [[nodiscard]] QWidget* mainWidget();
    /// The name proposed when saving, without a folder.
    void setFileName(const QString& name) { fileName_ = name; }
    void focusSearch();
    /// What would be saved, with times where they are shown.
    [[nodiscard]] bool saveTo(const QString& path) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Button* addTool(const QString& icon, const QString& text, const QString& hint, bool checkable);
    void runSearch();
    void refreshTools();
    void showMore();
    void refreshCount();
    void placeNewLines();
    void copyAll();
    void save();

    const Theme& theme_;
    LogView* view_;
    EmptyState* refused_;
    QWidget* bar_;
    QLabel* title_;
    ElidedLabel* note_;
    IconField* field_;
    Button* previous_;
    Button* next_;
    Button* regex_;
    Button* hide_;
    Button* times_;
    Button* wrap_;
    Button* copy_;
    Button* save_;
    Button* more_;
    Button* error_;
    std::vector<Button*> inMenu_;  ///< tools the bar has no room for
    Switch* follow_;
    Button* newLines_;
    QString fileName_;
    bool live_ = false;
    QString refusedFor_;
    Kind kind_;
};

}  // namespace cerebral::ui
