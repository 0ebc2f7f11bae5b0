#pragma once
/// @file RunHeader: which run this is, its state in words, and the facts one looks for first.

#include <QHBoxLayout>
#include <QStringList>
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
        QString tip{};  ///< what hovering it says besides
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

    /// What stands under the pointer says of itself: all of a text that was cut, a time with its date.
    [[nodiscard]] QString tipAt(const QPoint& pos) const;
    /// Texts that are on screen and not cut, in reading order.
    [[nodiscard]] QStringList wholeTexts() const;

signals:
    void backRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    /// The buttons' box asks for another size.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// One text where it stands.
    struct Part {
        enum class Kind : std::uint8_t { Plain, Tabular, Pill, Branch };
        Kind kind = Kind::Plain;
        QRectF box;
        QString text;
        const QFont* font = nullptr;
        QColor ink;
        Qt::TextElideMode elide = Qt::ElideNone;
        QString tip{};
        double mark = 0;  ///< of the box: what stands beside the text
        [[nodiscard]] bool cut() const;
    };
    void arrange();
    void placeButtons();
    void placeTitle();
    /// Of what does not fit in two lines, the last ones, the number is said. Gives the number of lines.
    int placeFacts();
    void addPart(Part::Kind kind, const QRectF& box, const QString& text, const QFont& font, const QColor& ink,
                 Qt::TextElideMode elide = Qt::ElideNone, const QString& tip = {});
    [[nodiscard]] double branchWidth() const;
    void paintPart(QPainter& p, const Part& part) const;
    [[nodiscard]] bool compact() const;
    /// Where a row of the tokens stands now.
    [[nodiscard]] int topOf(int token) const;
    [[nodiscard]] QRectF line(int top, int height) const;

    const Theme& theme_;
    RunHeaderText texts_;
    std::vector<Part> parts_;
    Button* back_;
    Button* copyName_;
    QWidget* actionBox_;
    QHBoxLayout* actions_;
};

}  // namespace cerebral::ui
