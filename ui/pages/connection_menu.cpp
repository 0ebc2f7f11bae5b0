#include "ui/pages/connection_menu.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <chrono>

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/menu_heading.h"

namespace cerebral::ui {
namespace {

constexpr int kWidest = 320;  ///< px of a name and its cause at 100 %

Status statusOf(const kube::SyncState& state) {
    switch (state.phase) {
        case kube::SyncPhase::Live:
            return Status::Live;
        case kube::SyncPhase::Loading:
            return Status::Running;
        case kube::SyncPhase::Reconnecting:
            return Status::Stuck;
        case kube::SyncPhase::Forbidden:
            return Status::Skipped;
    }
    return Status::Pending;
}

QIcon glyphIcon(const Theme& theme, Status status) {
    QIcon icon;
    for (const double dpr : {1.0, 2.0}) {
        const double size = theme.px(16);
        QPixmap map(qRound(size * dpr), qRound(size * dpr));
        map.setDevicePixelRatio(dpr);
        map.fill(Qt::transparent);
        QPainter p(&map);
        drawGlyph(p, QRectF(0, 0, size, size).adjusted(1, 1, -1, -1), status, theme.colors(),
                  {.ground = theme.colors().bgRaised});
        icon.addPixmap(map);
    }
    return icon;
}

QString phaseOf(const KindSync& kind, Millis age) {
    switch (kind.state.phase) {
        case kube::SyncPhase::Live:
            return QStringLiteral("live, %1 old").arg(formatProofAge(age));
        case kube::SyncPhase::Loading:
            return QStringLiteral("loading");
        case kube::SyncPhase::Reconnecting:
            return kind.state.hasSynced ? QStringLiteral("reconnecting, %1 old").arg(formatProofAge(age))
                                        : QStringLiteral("reconnecting, nothing read yet");
        case kube::SyncPhase::Forbidden:
            return QStringLiteral("refused");
    }
    return {};
}

QString stateOf(const KindSync& kind, Millis age) {
    const QString phase = phaseOf(kind, age);
    return kind.state.malformedEvents == 0
               ? phase
               : QStringLiteral("%1, %2 objects not understood").arg(phase).arg(kind.state.malformedEvents);
}

/// A single & would underline what follows.
QString plain(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

/// "events in tekton-pipelines", where there are others.
QString nameOf(const KindSync& kind, const std::vector<KindSync>& kinds) {
    const auto same =
        std::count_if(kinds.begin(), kinds.end(), [&](const KindSync& other) { return other.plural == kind.plural; });
    return same < 2 || kind.ns.isEmpty() ? kind.plural : QStringLiteral("%1 in %2").arg(kind.plural, kind.ns);
}

/// What all that is not live suffers from, in one sentence; empty when they differ.
QString commonCause(const std::vector<KindSync>& kinds) {
    QString common;
    for (const KindSync& kind : kinds) {
        if (kind.state.why.empty()) continue;
        const QString cause = plainCause(fromUtf8(kind.state.why));
        if (!common.isEmpty() && cause != common) return {};
        common = cause;
    }
    return common;
}

}  // namespace

ConnectionMenu::ConnectionMenu(const Theme& theme, const ConnectionSummary& summary, std::function<void()> retry,
                               QWidget* parent)
    : QMenu(parent), theme_(theme) {
    setAttribute(Qt::WA_DeleteOnClose);
    setToolTipsVisible(true);
    const QFontMetrics metrics(theme_.fonts().body);
    const QString common = commonCause(summary.each);
    if (!common.isEmpty()) {
        addMenuHeading(*this, theme_, common);
        addSeparator();
    }
    for (const KindSync& kind : summary.each) {
        QString name = nameOf(kind, summary.each);
        const QString why = fromUtf8(kind.state.why);
        if (common.isEmpty() && !why.isEmpty()) name += QStringLiteral(": ") + plainCause(why);
        // Beside it the window shows through: the cause in short, whole in the tip.
        names_.push_back(plain(metrics.elidedText(name, Qt::ElideRight, theme_.px(kWidest))));
        lines_.push_back(addAction(names_.back()));
    }
    setSummary(summary);
    addSeparator();
    QAction* again = addAction(theme_.icons().icon(QStringLiteral("rebuild"), theme_.colors().text2, theme_.px(16)),
                               QStringLiteral("Reconnect now\tF5"));
    connect(again, &QAction::triggered, this, [retry = std::move(retry)] { retry(); });
}

void ConnectionMenu::setSummary(const ConnectionSummary& summary) {
    if (summary.each.size() != lines_.size()) return;
    const int right = geometry().right();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const KindSync& kind = summary.each[i];
        const QString state = stateOf(kind, Millis(summary.ageMsOf(kind)));
        const QString why = fromUtf8(kind.state.why);
        lines_[i]->setText(names_[i] + QLatin1Char('\t') + plain(state));
        lines_[i]->setIcon(glyphIcon(theme_, statusOf(kind.state)));
        lines_[i]->setToolTip((why.isEmpty() ? state : why).toHtmlEscaped());
    }
    // Other figures are of another width: it stays below the pill's end.
    if (isVisible()) move(right + 1 - width(), y());
}

}  // namespace cerebral::ui
