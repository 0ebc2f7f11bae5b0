// What MainWindow does with keys and commands.
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <algorithm>
#include <vector>

#include "ui/models/format.h"
#include "ui/pages/cheat_sheet.h"
#include "ui/pages/main_window.h"
#include "ui/pages/palette_entries.h"
#include "ui/pages/run_page.h"

namespace cerebral::ui {
namespace {

constexpr qsizetype kMostRecent = 20;

PaletteEntry command(const QString& icon, const QString& text, const QString& keys, std::function<void()> run) {
    PaletteEntry entry;
    entry.group = QStringLiteral("Go and do");
    entry.icon = icon;
    entry.text = text;
    entry.keys = keys;
    entry.run = std::move(run);
    return entry;
}

}  // namespace

ActionTarget MainWindow::currentTarget() const {
    if (runPage_ != nullptr && stack_->currentWidget() == runPage_) {
        const RunRow* row = runs_.find(runPage_->uid());
        return row != nullptr ? actions_->targetOf(*row) : ActionTarget{};
    }
    return static_cast<const Page*>(stack_->currentWidget())->target(*actions_);
}

void MainWindow::showRun(const QString& uid) {
    const RunRow* row = runs_.find(uid);
    if (row == nullptr) {
        actions_->notice().say(QStringLiteral("That run is no longer in the cluster"), Status::Skipped);
        return;
    }
    if (openRun(uid)) return;
    bringUp(&runsPage());
    if (runsPage_->model().indexOf(row) < 0) runsPage_->filters().clear();
    runsPage_->table().makeCurrent(row);
}

void MainWindow::openLink(const AppLink& link) {
    awaited_.reset();
    if (link.kind == AppLink::Kind::Commit) {
        bringUp(pushesPage_);
        pushesPage_->commitBox().field().setText(link.commit);
        pushesPage_->focusCommit();
    } else {
        awaited_ = link;
        followLink();
    }
}

void MainWindow::followLink() {
    const RunRow* row = runs_.findByName(awaited_->name);
    if (row != nullptr && fromUtf8(row->run->meta.ns) != awaited_->ns) row = nullptr;
    using State = ConnectionSummary::State;
    const State state = summarize(cluster_.kinds(), clock_.steadyNow()).state;
    if (row == nullptr && state != State::Live && state != State::Forbidden) return;
    const QString name = std::exchange(awaited_, std::nullopt)->name;
    if (row != nullptr) {
        showRun(row->uid);
    } else {
        bringUp(&runsPage());
        actions_->notice().say(QStringLiteral("%1 is not in the cluster").arg(name), Status::Skipped);
    }
}

void MainWindow::openMenu(const QPoint& globalPos) {
    const ActionTarget target = currentTarget();
    if (!target.empty()) actions_->menuFor(target, this)->popup(globalPos);
}

CommandPalette* MainWindow::openPalette() {
    // One that was just closed is still there until the next round of events.
    if (!palette_ || !palette_->isVisible()) {
        palette_ = new CommandPalette(
            theme_, [this](const QString& query) { return paletteEntries(*this, query); }, *this);
        connect(palette_, &CommandPalette::newWindowWanted, this,
                [this](const AppLink& link) { emit newWindowWanted(link); });
        connect(palette_, &CommandPalette::ran, this, [this](const QString& text) {
            recent_.removeAll(text);
            recent_.prepend(text);
            if (recent_.size() > kMostRecent) recent_.removeLast();
        });
        palette_->begin();
    }
    return palette_;
}

std::vector<PaletteEntry> MainWindow::windowCommands() {
    std::vector<PaletteEntry> list;
    for (int page = 0; page < pageCount(); ++page) {
        const Entry& entry = pages_[static_cast<std::size_t>(page)];
        list.push_back(
            command(entry.icon, entry.name, QStringLiteral("G ") + entry.key, [this, page] { showPage(page); }));
    }
    list.push_back(
        command(QStringLiteral("commit"), QStringLiteral("Is my commit live?"), QStringLiteral("Ctrl L"), [this] {
            bringUp(pushesPage_);
            pushesPage_->focusCommit();
        }));
    list.push_back(command(QStringLiteral("filter"), QStringLiteral("Pushes that failed or are stuck"), {}, [this] {
        bringUp(pushesPage_);
        pushesPage_->filters().setNeedsSomeone(true);
    }));
    if (runPage_ != nullptr && stack_->currentWidget() == runPage_ && runPage_->failure().card()) {
        list.push_back(command(QStringLiteral("copy"), QStringLiteral("Copy why it failed"), {}, [this] {
            QApplication::clipboard()->setText(runPage_->failure().markdown());
            actions_->notice().say(QStringLiteral("Copied why it failed"), Status::Succeeded);
        }));
    }
    for (PaletteEntry& entry : clusterCommands()) list.push_back(std::move(entry));
    for (const auto& [look, text] : {std::pair("light", "Light look"), std::pair("dark", "Dark look"),
                                     std::pair("system", "Look as the desktop")}) {
        list.push_back(command(QStringLiteral("settings"), QString::fromUtf8(text), {},
                               [this, look = QString::fromUtf8(look)] { settings_.setTheme(look); }));
    }
    list.push_back(command(QStringLiteral("rebuild"), QStringLiteral("Reconnect now"), QStringLiteral("F5"),
                           [this] { cluster_.retryNow(); }));
    list.push_back(command(QStringLiteral("ext"), QStringLiteral("New window"), QStringLiteral("Ctrl Shift N"),
                           [this] { emit newWindowWanted(); }));
    list.push_back(command(QStringLiteral("kbd"), QStringLiteral("Keys"), QStringLiteral("?"),
                           [this] { openCheatSheet(theme_, settings_.letterKeys(), *this); }));
    return list;
}

bool MainWindow::goKey(const QString& key) {
    if (!cluster_.contexts().isEmpty()) {
        if (key.compare(QLatin1String("c"), Qt::CaseInsensitive) == 0) return openContexts() != nullptr;
        if (key.compare(QLatin1String("n"), Qt::CaseInsensitive) == 0) return openNamespaces(), true;
    }
    const auto it = std::find_if(pages_.begin(), pages_.end(), [&](const Entry& entry) {
        return entry.key.compare(key, Qt::CaseInsensitive) == 0;
    });
    if (it == pages_.end()) return false;
    showPage(static_cast<int>(it - pages_.begin()));
    return true;
}

void MainWindow::nextPart() {
    auto* page = static_cast<Page*>(stack_->currentWidget());
    std::vector<QWidget*> parts{rail_, topBar_};
    for (QWidget* part : page->parts()) {
        if (part->isVisible()) parts.push_back(part);
    }
    // Elsewhere on the page is where its list is.
    std::size_t at = parts.size() - 1;
    if (QWidget* panel = page->sidePanel()) parts.push_back(panel);
    const QWidget* focus = QApplication::focusWidget();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (focus != nullptr && (parts[i] == focus || parts[i]->isAncestorOf(focus))) at = i;
    }
    QWidget* part = parts[(at + 1) % parts.size()];
    if (part == page->mainWidget()) return part->setFocus(Qt::TabFocusReason);
    // The first one that Tab would come to.
    for (QWidget* child = part->nextInFocusChain(); child != part; child = child->nextInFocusChain()) {
        if (!part->isAncestorOf(child)) continue;
        if ((child->focusPolicy() & Qt::TabFocus) != 0 && child->isVisible() && child->isEnabled())
            return child->setFocus(Qt::TabFocusReason);
    }
}

bool MainWindow::actionKey(const QKeyEvent& event) {
    constexpr auto kBoth = Qt::ControlModifier | Qt::ShiftModifier;
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_K) {
        openPalette();
    } else if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_L) {
        bringUp(pushesPage_);
        pushesPage_->focusCommit();
    } else if (modifiers == Qt::ControlModifier && event.key() == Qt::Key_C) {
        actions_->perform(QStringLiteral("copy-sha"), currentTarget());
    } else if (modifiers == kBoth && event.key() == Qt::Key_C) {
        actions_->perform(QStringLiteral("copy-kubectl"), currentTarget());
    } else if (modifiers == Qt::NoModifier && event.key() == Qt::Key_Delete) {
        actions_->perform(QStringLiteral("delete"), currentTarget());
    } else if ((modifiers == Qt::ControlModifier || modifiers == kBoth) && event.key() == Qt::Key_N) {
        emit newWindowWanted();
    } else if (modifiers == Qt::NoModifier && event.key() == Qt::Key_F6) {
        nextPart();
    } else {
        return false;
    }
    return true;
}

bool MainWindow::letterKey(const QString& text) {
    if (!settings_.letterKeys()) return false;
    if (text == QLatin1String("g")) {
        goPending_ = true;
    } else if (text == QLatin1String("r")) {
        const ActionTarget target = currentTarget();
        if (!actions_->perform(QStringLiteral("rebuild"), target) && target.empty()) actions_->openRebuild({});
    } else if (text == QLatin1String("x")) {
        actions_->perform(QStringLiteral("cancel"), currentTarget());
    } else if (text == QLatin1String("o")) {
        actions_->perform(QStringLiteral("open-commit"), currentTarget());
    } else {
        return false;
    }
    return true;
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    complete();
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    const QString text = event->text();
    const bool gone = std::exchange(goPending_, false);
    if (plain && gone && goKey(text)) return;
    if (actionKey(*event)) return;
    if (plain && text == QLatin1String("/")) {
        topBar_->search().setFocus();
        topBar_->search().selectAll();
        return;
    }
    if (plain && text == QLatin1String("?")) {
        openCheatSheet(theme_, settings_.letterKeys(), *this);
        return;
    }
    if (plain && letterKey(text)) return;
    if (event->key() == Qt::Key_Down && topBar_->search().hasFocus()) {
        static_cast<Page*>(stack_->currentWidget())->mainWidget()->setFocus();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (actions_->notice().stopWork()) return;
        auto* page = static_cast<Page*>(stack_->currentWidget());
        if (topBar_->search().hasFocus() || !page->closeNearest()) page->mainWidget()->setFocus();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace cerebral::ui
