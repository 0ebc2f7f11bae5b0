#include "ui/pages/connection_menu.h"

#include <QFontMetrics>
#include <QPainter>
#include <chrono>

#include "ui/models/format.h"
#include "ui/theme/glyph.h"

namespace cerebral::ui {
namespace {

constexpr int kWidest = 460;  ///< px of text at 100 %

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
        QPixmap map(qRound(16 * dpr), qRound(16 * dpr));
        map.setDevicePixelRatio(dpr);
        map.fill(Qt::transparent);
        QPainter p(&map);
        drawGlyph(p, QRectF(1, 1, 14, 14), status, theme.colors(), {.ground = theme.colors().bgRaised});
        icon.addPixmap(map);
    }
    return icon;
}

QString sentence(const KindSync& kind, SteadyTime now) {
    const auto age = [&] { return formatProofAge(std::chrono::duration_cast<Millis>(now - kind.state.lastProof)); };
    switch (kind.state.phase) {
        case kube::SyncPhase::Live:
            return QStringLiteral("live, %1 old").arg(age());
        case kube::SyncPhase::Loading:
            return QStringLiteral("loading");
        case kube::SyncPhase::Reconnecting:
            return QStringLiteral("reconnecting: %1").arg(fromUtf8(kind.state.why));
        case kube::SyncPhase::Forbidden:
            return QStringLiteral("refused: %1").arg(fromUtf8(kind.state.why));
    }
    return {};
}

}  // namespace

QMenu* makeConnectionMenu(const Theme& theme, const std::vector<KindSync>& kinds, SteadyTime now,
                          std::function<void()> retry, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const QFontMetrics metrics(theme.fonts().body);
    for (const KindSync& kind : kinds) {
        QString text = kind.plural + QStringLiteral("   ") + sentence(kind, now);
        if (kind.state.malformedEvents > 0) {
            text += QStringLiteral(", %1 objects not understood").arg(kind.state.malformedEvents);
        }
        // The window shows through beside it: the cause in short, whole in the tip.
        QString shown = metrics.elidedText(text, Qt::ElideRight, theme.px(kWidest));
        QAction* line = menu->addAction(glyphIcon(theme, statusOf(kind.state)),
                                        shown.replace(QLatin1Char('&'), QStringLiteral("&&")));
        line->setToolTip(text.toHtmlEscaped());
    }
    menu->addSeparator();
    QAction* again = menu->addAction(theme.icons().icon(QStringLiteral("rebuild"), theme.colors().text2),
                                     QStringLiteral("Reconnect now\tF5"));
    QObject::connect(again, &QAction::triggered, menu, [retry = std::move(retry)] { retry(); });
    return menu;
}

}  // namespace cerebral::ui
