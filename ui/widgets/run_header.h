#pragma once
/// @file RunHeader: which run this is, its state in words, and the facts one looks for first.

#include <QHBoxLayout>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

namespace cerebral::ui {

struct RunHeaderText {
    struct Fact {
        QString label;
        QString value;
        bool mono = false;
        /// Coloured as this state's word; none: plain.
        std::optional<Status> status;
    };
    QString name;
    QString service;
    Status status = Status::Pending;
    QString state;  ///< "Failed · build"
    QString branch;
    QString sha;
    QString message;
    std::vector<Fact> facts;
};

class RunHeader : public QWidget {
    Q_OBJECT
public:
    explicit RunHeader(const Theme& theme, QWidget* parent = nullptr);
    void setTexts(RunHeaderText texts);
    [[nodiscard]] const RunHeaderText& texts() const noexcept { return texts_; }
    /// Buttons for what can be done with the run stand here, at the right.
    [[nodiscard]] QHBoxLayout& actions() noexcept { return *actions_; }
    /// The page one came from: what the button at the left leads back to.
    void setBack(const QString& page);
    [[nodiscard]] Button& back() noexcept { return *back_; }

signals:
    void backRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// The buttons' box asks for another size.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void arrange();
    void fitHeight();
    [[nodiscard]] bool compact() const;
    /// Where a row of the tokens stands now.
    [[nodiscard]] int topOf(int token) const;
    void placeButtons();

    const Theme& theme_;
    RunHeaderText texts_;
    Button* back_;
    Button* copyName_;
    QWidget* actionBox_;
    QHBoxLayout* actions_;
};

/// A line that says what keeps the run from going on: hatched edge, glyph, words.
class StuckBar : public QWidget {
    Q_OBJECT
public:
    explicit StuckBar(const Theme& theme, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QString text() const { return title_ + QStringLiteral(": ") + text_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    [[nodiscard]] QRect textBox() const;
    const Theme& theme_;
    QString title_;
    QString text_;
};

}  // namespace cerebral::ui
