#include "ui/pages/tour_shell_scenes.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

#include "ui/pages/cheat_sheet.h"
#include "ui/pages/connection_menu.h"
#include "ui/pages/main_window.h"
#include "ui/pages/rebuild_dialog.h"
#include "ui/pages/run_buttons.h"

namespace cerebral::ui {
namespace {

/// Closes whatever dialog, palette or menu is open.
void closeAll(MainWindow& window) {
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (qobject_cast<MainWindow*>(other) == nullptr && other->isVisible()) other->close();
    }
    for (auto* palette : window.findChildren<CommandPalette*>()) palette->close();
    window.actions().notice().hide();
}

/// The dialog that is open; one that was closed is still there until the next round of events.
RebuildDialog* rebuildDialog(MainWindow& window) {
    for (auto* dialog : window.findChildren<RebuildDialog*>()) {
        if (dialog->isVisible()) return dialog;
    }
    return nullptr;
}

class ShellScenes {
public:
    ShellScenes(std::vector<TourScene>& scenes, MainWindow& window) : scenes_(scenes), window_(window) {}

    void add(
        const char* name, std::function<void()> show, std::function<bool()> ready = [] { return true; },
        int mostWaitMs = TourScene{}.mostWaitMs) {
        TourScene scene;
        scene.name = QString::fromLatin1(name);
        scene.show = std::move(show);
        scene.ready = std::move(ready);
        scene.mostWaitMs = mostWaitMs;
        scene.leave = [&window = window_] { closeAll(window); };
        scene.reopens = true;
        scenes_.push_back(std::move(scene));
    }

private:
    std::vector<TourScene>& scenes_;
    MainWindow& window_;
};

/// Pushes, with the newest that failed as the current one.
std::function<void()> failedPush(MainWindow& window) {
    return [&window, &page = window.pushesPage()] {
        window.bringUp(&page);
        const auto failed = newestPush(page.view().pushModel(), journey::PushState::Failed);
        if (failed) page.showPush(QString::fromStdString(failed->key));
    };
}

std::function<void()> rebuildOf(MainWindow& window, const std::function<void()>& onFailed) {
    return [&window, onFailed] {
        onFailed();
        window.actions().perform(QStringLiteral("rebuild"), window.currentTarget());
    };
}

void addRebuildScenes(ShellScenes& scenes, MainWindow& window, const std::function<void()>& onFailed) {
    scenes.add("rebuild-dialog", rebuildOf(window, onFailed));
    scenes.add("rebuild-dialog-empty", [&window] {
        window.bringUp(&window.pushesPage());
        window.actions().openRebuild({});
    });
    scenes.add("rebuild-dialog-several", [&window, onFailed] {
        onFailed();
        ActionTarget target = window.currentTarget();
        target.services << QStringLiteral("ai-services") << QStringLiteral("knowledge-services");
        target.services.removeDuplicates();
        window.actions().openRebuild(target);
    });
    scenes.add("rebuild-dialog-problem", [&window, onFailed] {
        onFailed();
        ActionTarget target = window.currentTarget();
        target.branch = QStringLiteral("feature/never-pushed");
        window.actions().openRebuild(target);
    });
}

/// The actions of the first push or run the palette finds.
void openPaletteActions(MainWindow& window) {
    CommandPalette* palette = window.openPalette();
    const auto press = [palette](Qt::Key key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&palette->field(), &event);
    };
    const auto& entries = palette->entries();
    for (std::size_t at = 0; at < entries.size() && !entries[at].more; ++at) press(Qt::Key_Down);
    press(Qt::Key_Tab);
}

void addMenuScenes(ShellScenes& scenes, MainWindow& window, const std::function<void()>& onFailed) {
    scenes.add("palette", [&window, onFailed] {
        onFailed();
        window.openPalette();
    });
    scenes.add("palette-search", [&window, onFailed] {
        onFailed();
        window.openPalette()->field().setText(QStringLiteral("services"));
    });
    scenes.add("palette-no-match", [&window, onFailed] {
        onFailed();
        window.openPalette()->field().setText(QStringLiteral("nothing is called this"));
    });
    scenes.add("palette-actions", [&window, onFailed] {
        onFailed();
        openPaletteActions(window);
    });
    scenes.add("context-menu", [&window, onFailed] {
        onFailed();
        const PushView& list = window.pushesPage().view();
        const QPoint at = list.visualRect(list.currentIndex()).center();
        window.actions().menuFor(window.currentTarget(), &window)->popup(list.viewport()->mapToGlobal(at));
    });
    // The menu stands below its button, once that has its place.
    scenes.add(
        "run-menu", [&window] { window.openRun(newestRun(window.runs(), {tekton::RunState::Failed})); },
        [&window] {
            if (QApplication::activePopupWidget() != nullptr) return true;
            if (window.runButtons() != nullptr) window.runButtons()->more().click();
            return false;
        });
    scenes.add("context-switch", [&window, onFailed] {
        onFailed();
        window.openContexts();
    });
    scenes.add("connection-menu", [&window, onFailed] {
        onFailed();
        emit window.topBar().connectionRequested();
    });
    scenes.add("runs-columns", [&window] {
        window.bringUp(&window.runsPage());
        window.runsPage().columns().click();
    });
    scenes.add("runs-filter-menu", [&window] {
        window.bringUp(&window.runsPage());
        clickChip(window.runsPage().filters(), QLatin1String("Service"));
    });
}

}  // namespace

void addShellScenes(std::vector<TourScene>& scenes, MainWindow& window) {
    PushesPage& page = window.pushesPage();
    const std::function<void()> onFailed = failedPush(window);
    ShellScenes add(scenes, window);
    const auto asked = [&window] {
        const auto dialogs = window.findChildren<DeskDialog*>();
        return std::any_of(dialogs.begin(), dialogs.end(), [](const DeskDialog* one) { return one->isVisible(); });
    };
    const auto askToCancel = [&window, &page] {
        window.bringUp(&page);
        const auto push = newestPush(page.view().pushModel(), journey::PushState::Underway);
        if (!push) return;
        page.showPush(QString::fromStdString(push->key));
        window.actions().perform(QStringLiteral("cancel"), window.currentTarget());
        if (!window.actions().notice().isHidden()) window.actions().notice().hide();
    };
    // What is under way now may be over by its turn: the next push will be.
    add.add(
        "cancel-dialog", askToCancel,
        [asked, askToCancel] {
            if (asked()) return true;
            askToCancel();
            return false;
        },
        kMostWaitMs);
    add.add("delete-dialog", [&window, onFailed] {
        onFailed();
        window.actions().perform(QStringLiteral("delete"), window.currentTarget());
    });
    add.add("namespaces-dialog", [&window, onFailed] {
        onFailed();
        window.openNamespaces();
    });
    add.add("keys", [&window, onFailed] {
        onFailed();
        openCheatSheet(window.theme(), true, window);
    });
    add.add("notice-copied", [&window, onFailed] {
        onFailed();
        window.actions().perform(QStringLiteral("copy-kubectl"), window.currentTarget());
    });
    add.add("notice-refused", [&window, onFailed] {
        onFailed();
        window.actions().perform(QStringLiteral("cancel"), window.currentTarget());
    });
    addMenuScenes(add, window, onFailed);
    addRebuildScenes(add, window, onFailed);
}

void addRebuildResultScene(std::vector<TourScene>& scenes, MainWindow& window) {
    ShellScenes(scenes, window)
        .add(
            "rebuild-dialog-result",
            [&window] {
                rebuildOf(window, failedPush(window))();
                if (RebuildDialog* dialog = rebuildDialog(window)) dialog->sendButton().click();
            },
            [&window] {
                const RebuildDialog* dialog = rebuildDialog(window);
                return dialog != nullptr && dialog->receipt().httpStatus != 0 && !dialog->receipt().runs.empty() &&
                       window.runs().findByName(QString::fromStdString(dialog->receipt().runs.front().name)) !=
                           nullptr;
            });
}

}  // namespace cerebral::ui
