#pragma once
/// @file TopBar: which cluster and namespaces, search, commands, connection.

#include <QAbstractButton>
#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/widgets/connection_pill.h"
#include "ui/widgets/icon_field.h"

namespace cerebral::ui {

/// Icon, text, chevron or key cap; opens something.
class PickButton : public QAbstractButton {
    Q_OBJECT
public:
    PickButton(const Theme& theme, const QString& icon, QWidget* parent);
    void setStrong(bool strong);
    void setKeyCap(const QString& cap);
    void setChoosable(bool choosable);
    /// `brief`: instead where the label does not fit; it is on hover then.
    void setLabel(const QString& label, const QString& brief = {});
    /// May be cut down to this width (a token; 0: not at all).
    void setLeast(double token);
    /// Without its words, where an icon and a key cap say enough.
    void setShort(bool isShort);
    /// What it takes with its words.
    [[nodiscard]] int wholeWidth() const { return widthFor(false); }
    /// What of its label and its brief one has room for.
    [[nodiscard]] QString shown() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] bool bare() const noexcept { return short_ && !icon_.isEmpty(); }
    [[nodiscard]] int widthFor(bool bare) const;
    [[nodiscard]] const QFont& labelFont() const;

    const Theme& theme_;
    QString icon_;
    QString brief_;
    QString keyCap_;
    bool short_ = false;
    double least_ = 0;
    bool strong_ = false;
    bool choosable_ = false;
};

class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(const Theme& theme, QWidget* parent = nullptr);

    void setContext(const QString& context, bool choosable);
    void setNamespaces(const QStringList& namespaces, bool choosable);
    void setNarrow(bool narrow);
    /// Shown once commands can be opened.
    void setCommandsVisible(bool visible);

    [[nodiscard]] IconField& search() noexcept { return *search_; }
    [[nodiscard]] ConnectionPill& pill() noexcept { return *pill_; }
    [[nodiscard]] PickButton& contextButton() noexcept { return *context_; }
    [[nodiscard]] PickButton& namespacesButton() noexcept { return *namespaces_; }

signals:
    void contextRequested();
    void namespacesRequested();
    void commandsRequested();
    void connectionRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fit();

    const Theme& theme_;
    PickButton* context_;
    PickButton* namespaces_;
    PickButton* commands_;
    IconField* search_;
    ConnectionPill* pill_;
    bool narrow_ = false;
};

}  // namespace cerebral::ui
