// MainWindow's way to another cluster: the menu of contexts, the dialog of namespaces, the palette's entries.
#include <QMenu>

#include "ui/models/format.h"
#include "ui/pages/main_window.h"
#include "ui/pages/namespaces_dialog.h"

namespace cerebral::ui {

QMenu* MainWindow::openContexts() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contexts"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString now = cluster_.context();
    for (const QString& context : cluster_.contexts()) {
        QAction* item = menu->addAction(QString(context).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                        [this, context] { switchContext(context); });
        item->setCheckable(true);
        item->setChecked(context == now);
        if (context == now) menu->setActiveAction(item);
    }
    menu->addSeparator();
    menu->addAction(QStringLiteral("Namespaces…\tG N"), this, &MainWindow::openNamespaces);
    const PickButton& below = topBar_->contextButton();
    menu->popup(below.mapToGlobal(QPoint(0, below.height() + 4)));
    return menu;
}

void MainWindow::openNamespaces() {
    auto* dialog = new NamespacesDialog(
        theme_, cluster_.namespaces(), cluster_.knownNamespaces(),
        [this](const QString& pipelines, const QString& platform) {
            auto switched = cluster_.switchNamespaces(pipelines, platform);
            if (switched) {
                refreshConnection();
                actions_->notice().say(QStringLiteral("Now in %1 and %2").arg(pipelines, platform),
                                       Status::Succeeded);
            }
            return switched;
        },
        *this);
    dialog->begin();
}

void MainWindow::switchContext(const QString& context) {
    if (context == cluster_.context()) return;
    const auto switched = cluster_.switchContext(context);
    refreshConnection();
    if (switched) {
        actions_->notice().say(QStringLiteral("Now on %1").arg(context), Status::Succeeded);
    } else {
        actions_->notice().say(fromUtf8(switched.error().message), Status::Failed);
    }
}

void MainWindow::closeDialogs() {
    // They speak of what has just been forgotten.
    for (auto* dialog : findChildren<DeskDialog*>()) {
        if (qobject_cast<NamespacesDialog*>(dialog) == nullptr) dialog->done(QDialog::Rejected);
    }
}

std::vector<PaletteEntry> MainWindow::clusterCommands() {
    std::vector<PaletteEntry> list;
    const auto add = [&list](const QString& text, const QString& keys, std::function<void()> run) {
        PaletteEntry entry;
        entry.group = QStringLiteral("Go and do");
        entry.icon = QStringLiteral("cluster");
        entry.text = text;
        entry.keys = keys;
        entry.run = std::move(run);
        list.push_back(std::move(entry));
    };
    const QStringList contexts = cluster_.contexts();
    if (contexts.isEmpty()) return list;
    for (const QString& context : contexts) {
        if (context == cluster_.context()) continue;
        add(QStringLiteral("Switch to context %1").arg(context), {}, [this, context] { switchContext(context); });
    }
    add(QStringLiteral("Namespaces…"), QStringLiteral("G N"), [this] { openNamespaces(); });
    return list;
}

}  // namespace cerebral::ui
