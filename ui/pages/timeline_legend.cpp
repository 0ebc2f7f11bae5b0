#include "ui/pages/timeline_legend.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/theme/held.h"
#include "ui/widgets/run_bar.h"
#include "ui/widgets/run_words.h"

namespace cerebral::ui {
namespace {

constexpr std::array<const char*, 5> kWords{"queue", "pull", "run", "median of last 20", "critical path"};
constexpr int kSample = 16;
constexpr int kGap = 6;
constexpr int kBetween = 16;

}  // namespace

TimelineLegend::TimelineLegend(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    resizeToText();
    connect(&theme_, &Theme::changed, this, [this] {
        resizeToText();
        update();
    });
}

void TimelineLegend::setDrawn(const Timeline& timeline) {
    const auto& rows = timeline.rows;
    Status run = Status::Running;
    using Kind = TimelineBar::Kind;
    const auto has = [&](Kind kind) {
        return std::any_of(rows.begin(), rows.end(), [kind](const TimelineRow& row) {
            return std::any_of(row.bars.begin(), row.bars.end(),
                               [kind](const TimelineBar& bar) { return bar.kind == kind; });
        });
    };
    for (const TimelineRow& row : rows) {
        if (row.step >= 0 || row.bars.empty() || row.bars.back().kind != Kind::Run) continue;
        run = shownAs(statusOf(row.taskState), timeline.held);
        if (row.running) break;
    }
    const bool median =
        std::any_of(rows.begin(), rows.end(), [](const TimelineRow& row) { return row.ghost.has_value(); });
    const std::array<bool, 5> drawn{has(Kind::Queue), has(Kind::Pull), has(Kind::Run), median,
                                    !timeline.links.empty()};
    if (std::exchange(run_, run) != run) update();
    if (std::exchange(drawn_, drawn) == drawn) return;
    resizeToText();
    update();
}

void TimelineLegend::resizeToText() {
    double width = 0;
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        if (drawn_[i])
            width += kSample + kGap + textWidth(theme_.fonts().small, QString::fromUtf8(kWords[i])) + kBetween;
    }
    setFixedSize(std::max(0, static_cast<int>(width) - kBetween + 4), theme_.px(32));
}

void TimelineLegend::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    double x = 0;
    for (std::size_t i = 0; i < kWords.size(); ++i) {
        if (!drawn_[i]) continue;
        const QRectF box(x, (height() - 12) / 2.0, kSample, 12);
        const double middle = std::round(box.center().y());
        switch (i) {
            case 0:
                drawBox(p, box, 2, QColor(), c.lineStrong);
                break;
            case 1:
                drawHatch(p, box, c.lineStrong, c.bgCanvas, 2, 3);
                break;
            case 2:
                drawRunBar(p, box, run_, false, c);
                break;
            case 3:
                p.fillRect(QRectF(x, middle - 1, kSample, 3), c.bgGhost);
                break;
            default:
                p.fillRect(QRectF(x, middle - 1, kSample, 2), c.text2);
                break;
        }
        x += kSample + kGap;
        const QString word = QString::fromUtf8(kWords[i]);
        x += drawText(p, QRectF(x, 0, width() - x, height()), theme_.fonts().small, c.text2, word, Qt::AlignLeft,
                      Qt::ElideNone);
        x += kBetween;
    }
}

TabKeys::TabKeys(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setFixedSize(theme_.px(140), theme_.px(40));
    connect(&theme_, &Theme::changed, this, [this] { setFixedSize(theme_.px(140), theme_.px(40)); });
}

void TabKeys::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QString words = QStringLiteral("switch tabs");
    double x = width() - textWidth(theme_.fonts().small, words);
    drawText(p, QRectF(x, 0, width() - x, height()), theme_.fonts().small, c.text3, words, Qt::AlignLeft,
             Qt::ElideNone);
    const auto cap = [&](const QString& key) {
        const int width = keyCapWidth(theme_, key);
        x -= width + 6;
        drawKeyCap(p, QRectF(x, (height() - 18) / 2.0, width, 18), theme_, key);
    };
    cap(QStringLiteral("6"));
    const double dots = textWidth(theme_.fonts().small, QStringLiteral("…"));
    x -= dots + 6;
    drawText(p, QRectF(x, 0, dots + 2, height()), theme_.fonts().small, c.text3, QStringLiteral("…"), Qt::AlignLeft,
             Qt::ElideNone);
    cap(QStringLiteral("1"));
}

}  // namespace cerebral::ui
