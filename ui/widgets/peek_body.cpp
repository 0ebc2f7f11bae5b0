#include "ui/widgets/peek_body.h"

#include <QHelpEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/theme/held.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/line_ink.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/roles.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/wrapped_text.h"

namespace cerebral::ui {
namespace {

constexpr double kSide = 16;
constexpr double kPad = 12;
constexpr double kRow = 24;
constexpr double kHead = 20;
constexpr double kLogLine = 18;
constexpr double kLabel = 104;
/// In less the label stands above its value.
constexpr double kLeastValue = 120;
constexpr int kSkeletonLines = 3;
/// In less what went wrong would stand below what is seen.
constexpr double kLeastSeen = 480;
/// Of the line that is the error, however long it is.
constexpr int kMostErrorLines = 4;

}  // namespace

/// From the top down, section by section.
class PeekBody::Layout {
public:
    Layout(const Theme& theme, double width, bool held, std::vector<Piece>* pieces)
        : theme_(theme), c_(theme.colors()), f_(theme.fonts()), width_(width), held_(held), pieces_(pieces) {}

    double height(const PeekContent& content, bool low) {
        // Where little is above the fold, first of all why it stands where it stands.
        const bool reasonFirst = (low || isLargeText(theme_)) && (content.log || !content.stuckTitle.isEmpty());
        addMessage(content);
        if (reasonFirst) {
            if (y_ > 0) endPart();
            addReason(content);
        }
        addFacts(content, y_ > 0 && !reasonFirst);
        addTasks(content);
        if (!reasonFirst) addReason(content);
        addSince(content);
        return std::ceil(y_);
    }
    [[nodiscard]] QRectF commitsBox() const { return commitsBox_; }

private:
    void put(Piece piece) {
        if (pieces_ != nullptr) pieces_->push_back(std::move(piece));
    }
    void line(const QRectF& box, const QString& text, const QFont& font, const QColor& ink,
              Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight,
              const QString& tip = {}) {
        Piece piece{Piece::Kind::Line, box, text, font, ink, alignment, elide};
        const bool cut = textWidth(font, text) > std::ceil(box.width()) + 0.5;
        piece.tip = tip.isEmpty() && cut ? text : tip;
        put(std::move(piece));
    }
    void paragraph(const QString& text, const QFont& font, const QColor& ink) {
        const double height = wrapText(font, text, inner()).height;
        put({Piece::Kind::Paragraph, QRectF(kSide, y_, inner(), height), text, font, ink});
        y_ += height;
    }
    void endPart() {
        y_ += kPad;
        rule();
    }
    void rule() { put({Piece::Kind::Fill, QRectF(0, y_, width_, 1), {}, {}, c_.lineSubtle}); }
    [[nodiscard]] double inner() const { return width_ - 2 * kSide; }

    /// A title, and beside it, or below where there is no room, a note.
    void head(const QString& title, const QString& note, const QColor& ink) {
        const double row = theme_.px(kHead);
        const double used = textWidth(f_.section, title);
        line(QRectF(kSide, y_, inner(), row), title, f_.section, ink);
        y_ += row;
        if (note.isEmpty()) return;
        const double room = inner() - used - 8;
        if (textWidth(f_.small, note) <= room)
            return line(QRectF(kSide + used + 8, y_ - row, room, row), note, f_.small, c_.text3);
        paragraph(note, f_.small, c_.text3);
    }

    [[nodiscard]] bool labelsAbove() const { return inner() - theme_.px(kLabel) < theme_.px(kLeastValue); }
    /// The label; returns where its value goes.
    QRectF label(const QString& text) {
        const double row = theme_.px(kRow);
        if (labelsAbove()) {
            line(QRectF(kSide, y_, inner(), theme_.px(kHead)), text, f_.small, c_.text3, Qt::AlignLeft,
                 Qt::ElideMiddle);
            y_ += theme_.px(kHead);
            return {kSide, y_, inner(), row};
        }
        const double column = theme_.px(kLabel);
        line(QRectF(kSide, y_, column - 8, row), text, f_.small, c_.text3, Qt::AlignLeft, Qt::ElideMiddle);
        return {kSide + column, y_, inner() - column, row};
    }

    void addMessage(const PeekContent& content) {
        if (content.message.isEmpty()) return;
        y_ += kPad;
        paragraph(content.message, f_.strong, c_.text1);
    }

    void addReason(const PeekContent& content) {
        addStuck(content);
        if (content.log) addLog(*content.log);
    }

    void addFacts(const PeekContent& content, bool belowMessage) {
        y_ += belowMessage ? 8 : kPad;
        for (const PeekFact& fact : content.facts) {
            QRectF box = label(fact.label);
            const QRectF value = box;
            y_ += theme_.px(kRow);
            const qsizetype code = fact.mark > 0 ? fact.mark : fact.mono ? fact.value.size() : 0;
            if (code > 0) {
                const QString first = fact.value.left(code);
                line(box, first, f_.mono, c_.text1, Qt::AlignLeft, Qt::ElideMiddle, fact.tip);
                box.setLeft(box.left() + std::min(box.width(), textWidth(f_.mono, first)));
            }
            const QString rest = fact.value.mid(code);
            // Of a branch both ends tell.
            const auto elide = fact.mark > 0 ? Qt::ElideMiddle : Qt::ElideRight;
            if (!rest.isEmpty()) {
                line(box, rest, f_.small, c_.text1, Qt::AlignLeft, elide, fact.tip);
                box.setLeft(box.left() + std::min(box.width(), textWidth(f_.small, rest)));
            }
            if (!fact.aside.isEmpty()) line(box.adjusted(6, 0, 0, 0), fact.aside, f_.small, c_.text3);
            if (!fact.second.isEmpty()) addSecond(fact, box, value);
        }
        y_ += kPad;
        rule();
    }

    /// Behind the value, whose room `left` is, else below it.
    void addSecond(const PeekFact& fact, const QRectF& left, const QRectF& value) {
        const double gap = textWidth(f_.small, QStringLiteral(" "));
        if (textWidth(f_.small, fact.second) + gap <= left.width())
            return line(left.adjusted(gap, 0, 0, 0), fact.second, f_.small, c_.text1);
        line(value.translated(0, theme_.px(kHead)), fact.second, f_.small, c_.text1);
        y_ += theme_.px(kHead);
    }

    void addTasks(const PeekContent& content) {
        y_ += kPad;
        const double row = theme_.px(kRow);
        const double text = theme_.px(14) + 8;
        for (const PeekTask& task : content.tasks) {
            const QRectF box(kSide, y_, inner(), row);
            const Status status = task.unknown ? Status::Pending : shownAs(statusOf(task.state), held_);
            put({Piece::Kind::Glyph, markAt(theme_, box.left(), box.center().y(), 14), {}, {}, {}, {}, {}, status});
            const bool loading = task.time.isEmpty();
            const double time = loading ? theme_.px(32) : tabularWidth(f_.small, task.time);
            if (loading) {
                const double high = theme_.px(8);
                put({Piece::Kind::Skeleton,
                     QRectF(box.right() - time, box.center().y() - high / 2, time, high),
                     {},
                     {},
                     c_.bgTrack});
            } else {
                put({Piece::Kind::Figure, box, task.time, f_.small, c_.text2, Qt::AlignRight});
            }
            line(box.adjusted(text, 0, -time - 8, 0), task.name, f_.small, c_.text1, Qt::AlignLeft, Qt::ElideMiddle);
            y_ += row;
        }
        if (!content.noTasks.isEmpty()) paragraph(content.noTasks, f_.small, c_.text3);
        y_ += kPad;
        rule();
    }

    void addStuck(const PeekContent& content) {
        if (content.stuckTitle.isEmpty()) return;
        y_ += kPad;
        head(content.stuckTitle, {}, held_ ? c_.text1 : c_.stuck.text);
        y_ += 4;
        paragraph(content.stuckWords, f_.small, c_.text2);
        y_ += kPad;
        rule();
    }

    void addLog(const PeekLog& log) {
        y_ += kPad;
        head(log.title, log.note, c_.text1);
        y_ += 8;
        if (!log.words.isEmpty()) {
            paragraph(log.words, f_.small, c_.text2);
            y_ += kPad;
            return rule();
        }
        const double row = theme_.px(kLogLine);
        const auto count = log.loading ? kSkeletonLines : static_cast<int>(log.lines.size());
        double numbers = theme_.px(28);
        for (const PeekLog::Line& each : log.lines) numbers = std::max(numbers, textWidth(f_.mono, each.number));
        const double room = width_ - numbers - 24;
        const auto error =
            std::find_if(log.lines.begin(), log.lines.end(), [](const auto& each) { return each.error; });
        WrappedText words;
        if (error != log.lines.end()) words = wrapText(f_.monoStrong, error->text, room, kMostErrorLines);
        // Of the error, the lines after its first.
        const double more = words.lines > 1 ? words.height * (1 - 1.0 / words.lines) : 0;
        put({Piece::Kind::Fill, QRectF(0, y_, width_, row * count + more + 16), {}, {}, c_.bgInset});
        rule();
        y_ += 8;
        for (int i = 0; i < count; ++i, y_ += row) {
            if (log.loading) {
                const double high = theme_.px(8);
                put({Piece::Kind::Skeleton,
                     QRectF(kSide, y_ + (row - high) / 2, inner() * (i == 1 ? 0.9 : 0.7), high),
                     {},
                     {},
                     c_.bgTrack});
                continue;
            }
            const PeekLog::Line& each = log.lines[static_cast<std::size_t>(i)];
            const bool isError = each.error && i == error - log.lines.begin();
            if (isError) {
                put({Piece::Kind::Fill, QRectF(0, y_, width_, row + more), {}, {}, c_.bad.tint});
                put({Piece::Kind::Fill, QRectF(0, y_, 2, row + more), {}, {}, c_.bad.solid});
            }
            line(QRectF(4, y_, numbers, row), each.number, f_.mono, c_.text3, Qt::AlignRight);
            if (isError && words.lines > 1) {
                const double above = (row - (words.height - more)) / 2;
                put({Piece::Kind::Paragraph, QRectF(numbers + 16, y_ + above, room, words.height), words.text,
                     f_.monoStrong, c_.bad.text, Qt::AlignLeft, Qt::ElideRight, Status::Pending,
                     words.text == each.text ? QString() : each.text});
                y_ += more;
                continue;
            }
            line(QRectF(numbers + 16, y_, room, row), each.text, isError ? f_.monoStrong : f_.mono,
                 lineInk(each.text.toStdString(), isError, c_));
        }
        y_ += 7;
        rule();
        y_ += 1;
    }

    void addSince(const PeekContent& content) {
        if (content.sinceTitle.isEmpty()) return;
        y_ += kPad;
        head(content.sinceTitle, {}, c_.text1);
        y_ += 8;
        if (!content.sinceWords.isEmpty()) paragraph(content.sinceWords, f_.small, c_.text3);
        for (const DifferenceLine& each : content.since) addDifference(each, content);
        y_ += kPad;
    }

    void addDifference(const DifferenceLine& each, const PeekContent& content) {
        using Kind = DifferenceLine::Kind;
        QRectF box = label(each.label);
        const double row = theme_.px(kRow);
        y_ += row;
        const QFont& font = each.code ? f_.mono : f_.small;
        if (each.kind == Kind::Same) return line(box, QStringLiteral("no difference"), f_.small, c_.text3);
        if (each.kind == Kind::Commits) {
            const QString range = QStringLiteral("%1…%2").arg(each.before, each.after);
            const double used = std::min(box.width(), textWidth(font, range) + 2);
            commitsBox_ = QRectF(box.left(), box.top(), used, row);
            if (content.commitsUrl.isEmpty()) line(commitsBox_, range, font, c_.text1);
            if (!content.commitsAside.isEmpty())
                line(box.adjusted(used + 6, 0, 0, 0), content.commitsAside, f_.small, c_.text2);
            return;
        }
        const QString both = QStringLiteral("%1 → %2").arg(each.before, each.after);
        if (each.kind == Kind::Value && textWidth(font, both) <= box.width()) return line(box, both, font, c_.text1);
        // What was and what is, one below the other: in red and green, and by its sign.
        const double half = theme_.px(kHead);
        line(box, QStringLiteral("−") + each.before, font, c_.bad.text, Qt::AlignLeft, Qt::ElideMiddle);
        box.translate(0, half);
        line(box, QStringLiteral("+") + each.after, font, c_.ok.text, Qt::AlignLeft, Qt::ElideMiddle);
        y_ += half;
    }

    const Theme& theme_;
    const Colors& c_;
    const Fonts& f_;
    double width_;
    bool held_;
    double y_ = 0;
    std::vector<Piece>* pieces_;
    QRectF commitsBox_;
};

PeekBody::PeekBody(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), commits_(new LinkText(theme, &Fonts::mono, this)) {
    setRole(*this, QAccessible::Document);
    setAccessibleName(QStringLiteral("The run in brief"));
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    commits_->hide();
    connect(&theme_, &Theme::changed, this, &PeekBody::arrange);
}

void PeekBody::setContent(PeekContent content, bool held) {
    content_ = std::move(content);
    held_ = held;
    setAccessibleDescription(content_.spoken().join(QStringLiteral(". ")));
    arrange();
}

void PeekBody::setSeen(int height) {
    if (std::exchange(low_, height < theme_.px(kLeastSeen)) != low_) arrange();
}

int PeekBody::heightForWidth(int width) const {
    return static_cast<int>(Layout(theme_, width, held_, nullptr).height(content_, low_));
}

void PeekBody::arrange() {
    pieces_.clear();
    Layout layout(theme_, width(), held_, &pieces_);
    static_cast<void>(layout.height(content_, low_));
    const QRectF box = layout.commitsBox();
    const bool leads = !content_.commitsUrl.isEmpty() && !box.isEmpty();
    for (const DifferenceLine& line : content_.since) {
        if (leads && line.kind == DifferenceLine::Kind::Commits)
            commits_->setText(QStringLiteral("%1…%2").arg(line.before, line.after));
    }
    commits_->setAccessibleName(QStringLiteral("Compare ") + commits_->text());
    commits_->setToolTip(plainTip(content_.commitsUrl));
    commits_->setGeometry(box.toAlignedRect());
    commits_->setVisible(leads);
    updateGeometry();
    update();
}

void PeekBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != width()) arrange();
}

bool PeekBody::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString tip;
    QRect where;
    for (const Piece& piece : pieces_) {
        if (piece.tip.isEmpty() || !piece.box.contains(help->pos())) continue;
        tip = piece.tip;
        where = piece.box.toAlignedRect();
    }
    QToolTip::showText(help->globalPos(), plainTip(tip), this, where);
    return true;
}

void PeekBody::paintEvent(QPaintEvent* event) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF seen(event->rect());
    for (const Piece& piece : pieces_) {
        if (!piece.box.intersects(seen)) continue;
        switch (piece.kind) {
            case Piece::Kind::Line:
                drawText(p, piece.box, piece.font, piece.ink, piece.text, piece.alignment, piece.elide);
                break;
            case Piece::Kind::Paragraph:
                p.setFont(piece.font);
                p.setPen(piece.ink);
                p.drawText(piece.box, piece.text, wrapOption());
                break;
            case Piece::Kind::Figure:
                p.setPen(piece.ink);
                drawTabular(p, piece.box, piece.alignment, piece.font, piece.text);
                break;
            case Piece::Kind::Fill:
                p.fillRect(piece.box, piece.ink);
                break;
            case Piece::Kind::Skeleton:
                drawBox(p, piece.box, std::min(4.0, piece.box.height() / 2), piece.ink);
                break;
            case Piece::Kind::Glyph:
                drawGlyph(p, piece.box, piece.status, c);
                break;
        }
    }
    if (hasFocus()) drawFocusRing(p, QRectF(rect()).adjusted(1, 0, 0, 0), 0, theme_);
}

}  // namespace cerebral::ui
