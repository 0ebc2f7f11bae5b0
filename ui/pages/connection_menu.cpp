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

QString stateOf(const KindSync& kind, SteadyTime now) {
    const QString age = formatProofAge(std::chrono::duration_cast<Millis>(now - kind.state.lastProof));
    switch (kind.state.phase) {
        case kube::SyncPhase::Live:
            return QStringLiteral("live, %1 old").arg(age);
        case kube::SyncPhase::Loading:
            return QStringLiteral("loading");
        case kube::SyncPhase::Reconnecting:
            return QStringLiteral("reconnecting, %1 old").arg(age);
        case kube::SyncPhase::Forbidden:
            return QStringLiteral("refused");
    }
    return {};
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

QMenu* makeConnectionMenu(const Theme& theme, const std::vector<KindSync>& kinds, SteadyTime now,
                          std::function<void()> retry, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const QFontMetrics metrics(theme.fonts().body);
    const auto plain = [](QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); };
    const QString common = commonCause(kinds);
    if (!common.isEmpty()) {
        addMenuHeading(*menu, theme, common);
        menu->addSeparator();
    }
    for (const KindSync& kind : kinds) {
        QString name = nameOf(kind, kinds);
        const QString why = fromUtf8(kind.state.why);
        if (common.isEmpty() && !why.isEmpty()) name += QStringLiteral(": ") + plainCause(why);
        QString state = stateOf(kind, now);
        if (kind.state.malformedEvents > 0)
            state += QStringLiteral(", %1 objects not understood").arg(kind.state.malformedEvents);
        // Beside it the window shows through: the cause in short, whole in the tip.
        QAction* line = menu->addAction(
            glyphIcon(theme, statusOf(kind.state)),
            plain(metrics.elidedText(name, Qt::ElideRight, theme.px(kWidest))) + QLatin1Char('\t') + plain(state));
        line->setToolTip((why.isEmpty() ? state : why).toHtmlEscaped());
    }
    menu->addSeparator();
    QAction* again =
        menu->addAction(theme.icons().icon(QStringLiteral("rebuild"), theme.colors().text2, theme.px(16)),
                        QStringLiteral("Reconnect now\tF5"));
    QObject::connect(again, &QAction::triggered, menu, [retry = std::move(retry)] { retry(); });
    return menu;
}

}  // namespace cerebral::ui
