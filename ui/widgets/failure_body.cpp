#include <QDesktopServices>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QToolTip>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "ui/models/difference_lines.h"
#include "ui/models/format.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/failure_view.h"
#include "ui/widgets/line_ink.h"
#include "ui/widgets/mono_text.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {

constexpr int kTitle = 32;
constexpr int kLine = 18;
constexpr int kRow = 20;
constexpr int kPad = 16;
constexpr int kFoot = 6;  ///< below the last row
constexpr int kLabel = 104;
constexpr double kLeftShare = 0.55;
/// In less the two halves stand one above the other.
constexpr double kLeastForTwo = 900;
/// Of a wrapped error line.
constexpr qsizetype kMostParts = 6;
constexpr qsizetype kHang = 2;

}  // namespace

FailureBody::FailureBody(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setMouseTracking(true);
    connect(&theme_, &Theme::changed, this, &QWidget::updateGeometry);
}

void FailureBody::setCard(const analysis::FailureCard& card, WallTime now, const FailureAside& aside) {
    lines_.clear();
    rows_.clear();
    errorNumber_ = 0;
    logTitle_ = card.byLevel ? QStringLiteral("First error") : QStringLiteral("Last line before the exit");
    if (card.excerpt) {
        firstNumber_ = static_cast<std::int64_t>(card.excerpt->firstNumber);
        errorNumber_ = static_cast<std::int64_t>(card.excerpt->errorNumber);
        logNote_ = QStringLiteral("line %1 of %2").arg(errorNumber_).arg(card.excerpt->totalLines);
        for (const std::string& line : card.excerpt->lines) lines_.push_back(fromUtf8(line));
    } else if (!card.logProblem.empty()) {
        logTitle_ = card.step.empty() ? QStringLiteral("Steps not known") : QStringLiteral("Log not available");
        logNote_ = fromUtf8(card.logProblem);
    } else {
        logTitle_ = QStringLiteral("No output");
        logNote_ = card.step.empty() ? QStringLiteral("no step of the task ran")
                                     : QStringLiteral("the step wrote nothing before it ended");
    }
    addDifferences(card, now, aside.pushes);
    rows_.push_back({QStringLiteral("Pod events"), fromUtf8(card.pod), Row::Ink::Note, true, true});
    for (const analysis::PodEvent& event : card.events) {
        QString text = fromUtf8(event.message);
        if (event.count > 1) text += QStringLiteral(" (%1 times)").arg(event.count);
        rows_.push_back({formatClockSeconds(event.at), text, event.warning ? Row::Ink::Bad : Row::Ink::Value});
    }
    if (card.events.empty()) {
        rows_.push_back({{},
                         card.eventsProblem.empty() ? QStringLiteral("none kept by the cluster")
                                                    : asSentence(fromUtf8(card.eventsProblem)),
                         Row::Ink::Note});
    }
    updateGeometry();
    update();
}

void FailureBody::addDifferences(const analysis::FailureCard& card, WallTime now, int pushes) {
    if (!card.differences) {
        rows_.push_back({QStringLiteral("Changed since the last green run"), {}, Row::Ink::Note, false, true});
        rows_.push_back({{},
                         card.firstRun ? QStringLiteral("First run of this service, as far as is known")
                                       : QStringLiteral("No green run of this service is known"),
                         Row::Ink::Note});
        return;
    }
    const analysis::RunDifferences& d = *card.differences;
    rows_.push_back(
        {QStringLiteral("Changed since the last green run"),
         QStringLiteral("%1%2, %3")
             .arg(d.greenBranch.empty() ? QString() : QStringLiteral("on %1: ").arg(fromUtf8(d.greenBranch)),
                  fromUtf8(d.greenRun), formatClock(d.greenCreated, now)),
         Row::Ink::Note, false, true});
    for (const DifferenceLine& line : differenceLines(d)) {
        using Kind = DifferenceLine::Kind;
        if (line.kind == Kind::Same) {
            rows_.push_back({line.label, QStringLiteral("no difference"), Row::Ink::Note});
        } else if (line.kind == Kind::Commits) {
            // Only what a browser shows: the address comes from outside.
            const QString url = fromUtf8(d.compareUrl);
            const bool web = QUrl(url).scheme() == QLatin1String("https");
            rows_.push_back({line.label, QStringLiteral("%1…%2").arg(line.before, line.after),
                             web ? Row::Ink::Link : Row::Ink::Value, true});
            if (web) rows_.back().link = url;
            if (pushes > 0)
                rows_.back().aside = pushes == 1 ? QStringLiteral("1 push") : QStringLiteral("%1 pushes").arg(pushes);
        } else {
            rows_.push_back(
                {line.label, QStringLiteral("%1 → %2").arg(line.before, line.after), Row::Ink::Value, line.code});
        }
    }
}

void FailureBody::setMostLogHeight(int height) {
    mostLogHeight_ = height;
    updateGeometry();
    update();
}

std::pair<std::size_t, std::size_t> FailureBody::window() const {
    const auto error = static_cast<std::size_t>(std::max<std::int64_t>(0, errorNumber_ - firstNumber_));
    const int more = error < lines_.size() ? static_cast<int>(partsOf(error).size()) - 1 : 0;
    const int room = (mostLogHeight_ - theme_.px(kTitle) - 12) / theme_.px(kLine) - more;
    const std::size_t count = std::min(lines_.size(), static_cast<std::size_t>(std::max(room, 1)));
    // More of what led to it than of what came after.
    const std::size_t before = std::min(error, count - std::min<std::size_t>(count, 1 + count / 4));
    return {std::min(error - before, lines_.size() - count), count};
}

double FailureBody::rowHeight(const Row& row) const {
    return theme_.px(row.separator ? kTitle : kRow);
}

QSize FailureBody::sizeHint() const {
    double right = kFoot;
    for (const Row& row : rows_) right += rowHeight(row);
    return {400, static_cast<int>(stacked() ? logHeight() + right : std::max(logHeight(), right))};
}

int FailureBody::wholeHeight(int room) const {
    // Below the log, or beside it, where a row ends; a title belongs to what stands below it.
    double y = stacked() ? logHeight() : 0;
    double whole = y;
    for (const Row& row : rows_) {
        y += rowHeight(row) + (stacked() && &row == &rows_.front() ? 1 : 0);
        if (!row.separator && y + kFoot <= room) whole = y + kFoot;
    }
    return whole > 0 ? std::min(room, static_cast<int>(std::ceil(whole))) : room;
}

bool FailureBody::stacked() const {
    return lines_.empty() || width() < kLeastForTwo * theme_.fontScale();
}

double FailureBody::logWidth() const {
    return stacked() ? width() : std::round(width() * kLeftShare);
}

double FailureBody::logHeight() const {
    if (lines_.empty()) return theme_.px(kTitle);
    const auto [first, count] = window();
    std::size_t parts = 0;
    for (std::size_t i = first; i < first + count; ++i) parts += static_cast<std::size_t>(partsOf(i).size());
    return theme_.px(kTitle) + static_cast<double>(parts) * theme_.px(kLine) + 12;
}

double FailureBody::numbersWidth() const {
    return textWidth(theme_.fonts().mono, QString::number(firstNumber_ + 100)) + kPad + 8;
}

qsizetype FailureBody::columns() const {
    const double cell = textWidth(theme_.fonts().mono, QStringLiteral("0"));
    return std::max<qsizetype>(20, static_cast<qsizetype>((logWidth() - numbersWidth() - 4 - kPad) / cell));
}

QStringList FailureBody::partsOf(std::size_t line) const {
    const QString& text = lines_[line];
    const qsizetype fits = columns();
    if (text.size() <= fits) return {text};
    const auto cut = [](const QString& whole, qsizetype most) {
        return whole.size() <= most ? whole : whole.left(most - 1) + QStringLiteral("…");
    };
    if (firstNumber_ + static_cast<std::int64_t>(line) != errorNumber_) return {cut(text, fits)};
    // Between words, unless one is long.
    const auto breakAt = [&](qsizetype from, qsizetype most) {
        if (text.size() - from <= most) return text.size();
        const qsizetype space = text.lastIndexOf(QLatin1Char(' '), from + most);
        return space > from + most / 2 ? space + 1 : from + most;
    };
    QStringList parts;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype most = parts.isEmpty() ? fits : fits - kHang;
        if (parts.size() + 1 == kMostParts) {
            parts << cut(text.mid(at), most);
            break;
        }
        const qsizetype end = breakAt(at, most);
        parts << text.mid(at, end - at);
        at = end;
    }
    return parts;
}

void FailureBody::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != width()) emit heightChanged();
}

bool FailureBody::inSight(double top, double height) const {
    // A little of its last pixel may be missing.
    constexpr double kMissing = 1;
    const QRectF seen = visibleRegion().boundingRect();
    return seen.isEmpty() || (top >= seen.top() - kMissing && top + height <= seen.bottom() + kMissing);
}

void FailureBody::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgRaised);
    const QRectF log = logBox();
    const QRectF rows = rowsBox();
    paintLog(p, log);
    paintRows(p, rows);
    p.fillRect(stacked() ? QRectF(0, log.bottom(), width(), 1) : QRectF(log.right(), 0, 1, height()), c.lineDefault);
}

QRectF FailureBody::logBox() const {
    return stacked() ? QRectF(0, 0, width(), logHeight()) : QRectF(0, 0, logWidth(), height());
}

QRectF FailureBody::rowsBox() const {
    const QRectF log = logBox();
    return stacked() ? QRectF(0, log.bottom() + 1, width(), height() - log.bottom() - 1)
                     : QRectF(log.right() + 1, 0, width() - log.right() - 1, height());
}

// ---- what is under the pointer ----

const FailureBody::Row* FailureBody::rowAt(const QPointF& pos) const {
    const QRectF box = rowsBox();
    if (!box.contains(pos)) return nullptr;
    double y = box.top();
    for (const Row& row : rows_) {
        y += rowHeight(row);
        if (pos.y() < y) return &row;
    }
    return nullptr;
}

QString FailureBody::tipAt(const QPointF& pos) const {
    if (const Row* row = rowAt(pos)) {
        const QFont& font = row->mono ? theme_.fonts().mono : theme_.fonts().small;
        const double room = valueBox(*row, 0).width();
        return !row->link.isEmpty() ? row->link : textWidth(font, row->text) > room ? row->text : QString();
    }
    if (!logBox().contains(pos)) return {};
    double y = theme_.px(kTitle) + 4;
    const auto [first, count] = window();
    for (std::size_t i = first; i < first + count; ++i) {
        const QStringList parts = partsOf(i);
        const double tall = theme_.px(kLine) * static_cast<double>(parts.size());
        if (pos.y() >= y && pos.y() < y + tall) return parts.last().endsWith(QChar(0x2026)) ? lines_[i] : QString();
        y += tall;
    }
    return {};
}

QString FailureBody::linkAt(const QPointF& pos) const {
    const Row* row = rowAt(pos);
    if (row == nullptr || row->link.isEmpty()) return {};
    QRectF text = valueBox(*row, pos.y());
    text.setWidth(std::min(text.width(), textWidth(theme_.fonts().mono, row->text)));
    return pos.x() >= text.left() && pos.x() < text.right() ? row->link : QString();
}

bool FailureBody::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), plainTip(tip), this);
    return true;
}

void FailureBody::mouseMoveEvent(QMouseEvent* event) {
    setCursor(linkAt(event->position()).isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
}

void FailureBody::mouseReleaseEvent(QMouseEvent* event) {
    const QString link = linkAt(event->position());
    if (event->button() == Qt::LeftButton && !link.isEmpty()) QDesktopServices::openUrl(QUrl(link));
}

// ---- painting ----

void FailureBody::paintLog(QPainter& p, const QRectF& box) const {
    const Colors& c = theme_.colors();
    const double title = theme_.px(kTitle);
    if (inSight(0, title)) {
        const double used =
            drawText(p, QRectF(kPad, 0, box.width(), title), theme_.fonts().smallStrong, c.text1, logTitle_);
        drawText(p, QRectF(kPad + used + 8, 0, box.width() - used - 2 * kPad, title), theme_.fonts().small, c.text3,
                 logNote_);
    }
    p.fillRect(QRectF(0, title, box.width(), box.height() - title), c.bgInset);
    const double line = theme_.px(kLine);
    const double numbers = numbersWidth();
    const double cell = textWidth(theme_.fonts().mono, QStringLiteral("0"));
    double y = title + 4;
    const auto [first, count] = window();
    for (std::size_t i = first; i < first + count; ++i) {
        const QStringList parts = partsOf(i);
        const double tall = line * static_cast<double>(parts.size());
        const std::int64_t number = firstNumber_ + static_cast<std::int64_t>(i);
        const bool error = number == errorNumber_;
        if (error) {
            p.fillRect(QRectF(0, y, box.width(), tall), c.bad.tint);
            p.fillRect(QRectF(0, y, 2, tall), c.bad.solid);
        }
        if (inSight(y, line))
            drawText(p, QRectF(0, y, numbers - 8, line), theme_.fonts().mono, c.text3, QString::number(number),
                     Qt::AlignRight);
        const QFont& font = error ? theme_.fonts().monoStrong : theme_.fonts().mono;
        const QFontMetricsF metrics(font);
        p.setPen(lineInk(lines_[i].toStdString(), error, c));
        double x = numbers + 4;
        for (const QString& part : parts) {
            if (inSight(y, line))
                drawMono(p, QPointF(x, y + (line + metrics.ascent() - metrics.descent()) / 2), font, cell, part);
            x = numbers + 4 + kHang * cell;
            y += line;
        }
    }
}

QRectF FailureBody::valueBox(const Row& row, double top) const {
    const QRectF box = rowsBox();
    const double left = box.left() + kPad + (row.separator || row.label.isEmpty() ? 0 : theme_.px(kLabel));
    return {left, top, box.right() - kPad - left, rowHeight(row)};
}

void FailureBody::paintRows(QPainter& p, const QRectF& box) const {
    const Colors& c = theme_.colors();
    double y = box.top();
    for (const Row& row : rows_) {
        const double height = rowHeight(row);
        const double left = box.left() + kPad;
        if (!inSight(y, height)) {
            y += height;
            continue;
        }
        if (row.separator) {
            const double gap = y > box.top() ? 6 : 0;
            if (gap > 0) p.fillRect(QRectF(box.left(), y + 4, box.width(), 1), c.lineDefault);
            const QRectF title(left, y + gap, box.width() - 2 * kPad, height - gap);
            const double used = drawText(p, title, theme_.fonts().smallStrong, c.text1, row.label);
            drawText(p, title.adjusted(used + 8, 0, 0, 0), row.mono ? theme_.fonts().monoTiny : theme_.fonts().small,
                     c.text3, row.text, Qt::AlignLeft, Qt::ElideMiddle);
            y += height;
            continue;
        }
        drawText(p, QRectF(left, y, theme_.px(kLabel) - 8, height), theme_.fonts().small, c.text3, row.label,
                 Qt::AlignLeft, Qt::ElideMiddle);
        const QColor ink = row.ink == Row::Ink::Bad    ? c.bad.text
                           : row.ink == Row::Ink::Link ? c.accentText
                           : row.ink == Row::Ink::Note ? c.text3
                                                       : c.text2;
        const QRectF value = valueBox(row, y);
        const double used = drawText(p, value, row.mono ? theme_.fonts().mono : theme_.fonts().small, ink, row.text,
                                     Qt::AlignLeft, row.mono ? Qt::ElideMiddle : Qt::ElideRight);
        if (!row.aside.isEmpty())
            drawText(p, value.adjusted(used + 10, 0, 0, 0), theme_.fonts().small, c.text2, row.aside);
        y += height;
    }
}

}  // namespace cerebral::ui
