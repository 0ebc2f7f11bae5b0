#include "ui/widgets/connection_pill.h"

#include <QPainter>

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/theme/glyph.h"
#include "ui/theme/tabular.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"

namespace cerebral::ui {
namespace {
constexpr qint64 kAmberMs = 10'000;
constexpr double kMark = 12;
constexpr int kBeside = 26;  ///< around mark and words
}  // namespace

ConnectionPill::ConnectionPill(const Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ConnectionPill::setSummary(const ConnectionSummary& summary) {
    const QString before = label();
    summary_ = summary;
    setToolTip(plainTip(causes()));
    if (before != label()) {
        setAccessibleName(QStringLiteral("Connection: ") + label());
        updateGeometry();
    }
    update();
    emit summaryChanged();
}

/// Of what may not be read each; of a lost connection one.
QString ConnectionPill::causes() const {
    if (summary_.state != ConnectionSummary::State::Forbidden) return summary_.why;
    QStringList all;
    for (const KindSync& kind : summary_.each) {
        if (kind.state.phase == kube::SyncPhase::Forbidden) all << asSentence(plainRefusal(fromUtf8(kind.state.why)));
    }
    all.removeDuplicates();
    return all.join(QLatin1Char('\n'));
}

QString ConnectionPill::label() const {
    switch (summary_.state) {
        case ConnectionSummary::State::Loading:
            return summary_.kinds > 1
                       ? QStringLiteral("Loading · %1 of %2 kinds").arg(summary_.kindsLive).arg(summary_.kinds)
                       : QStringLiteral("Loading");
        case ConnectionSummary::State::Live:
            return QStringLiteral("Live · ") + formatProofAge(Millis(summary_.ageMs));
        case ConnectionSummary::State::Reconnecting:
            return summary_.everRead
                       ? QStringLiteral("Reconnecting · data %1 old").arg(formatProofAge(Millis(summary_.ageMs)))
                       : QStringLiteral("Reconnecting · nothing read yet");
        case ConnectionSummary::State::Forbidden:
            return QStringLiteral("No access to ") + (summary_.kindsRefused > 1
                                                          ? QStringLiteral("%1 kinds").arg(summary_.kindsRefused)
                                                          : summary_.kind);
        case ConnectionSummary::State::Disconnected:
            return QStringLiteral("Not connected");
    }
    return {};
}

bool ConnectionPill::amber() const {
    return summary_.state == ConnectionSummary::State::Forbidden ||
           summary_.state == ConnectionSummary::State::Disconnected ||
           (summary_.state == ConnectionSummary::State::Reconnecting && summary_.ageMs >= kAmberMs);
}

QSize ConnectionPill::sizeHint() const {
    return {static_cast<int>(tabularWidth(theme_.fonts().small, label())) + theme_.px(kMark) + kBeside,
            theme_.px(28)};
}

void ConnectionPill::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    const QRectF box = rect();
    const QColor ground = amber() ? c.stuck.tint : underMouse() ? c.bgHover : c.bgChrome;
    drawBox(p, box, box.height() / 2, ground, amber() ? c.stuck.solid : c.lineDefault);
    const QRectF mark = markAt(theme_, 9, box.height() / 2, kMark);
    if (amber()) {
        drawGlyph(p, mark, Status::Stuck, c, {.ground = ground});
    } else if (summary_.state == ConnectionSummary::State::Live) {
        const double inset = mark.width() / 6;
        const QRectF dot = mark.adjusted(inset, inset, -inset, -inset);
        drawBox(p, dot, dot.width() / 2, c.ok.solid);
    } else {
        drawGlyph(p, mark, Status::Running, c,
                  {.progress = summary_.kinds > 0 ? static_cast<double>(summary_.kindsLive) / summary_.kinds : -1,
                   .ground = ground});
    }
    p.setPen(amber() ? c.stuck.text : c.text2);
    drawTabular(p, QRectF(mark.right() + 5, 0, box.width() - mark.right() - 15, box.height()), Qt::AlignLeft,
                theme_.fonts().small, label());
    if (hasFocus()) drawFocusRing(p, box, box.height() / 2, theme_);
}

}  // namespace cerebral::ui
