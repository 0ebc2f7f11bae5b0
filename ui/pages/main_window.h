#pragma once
/// @file MainWindow: rail, top bar, banner and the pages; keys that work everywhere.
///
/// Built for its first frame: only the page that comes first is there from the beginning, the others are built when
/// they are asked for, or by `buildNext` while nobody waits.

#include <QPointer>
#include <QStackedWidget>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "ui/models/app_link.h"
#include "ui/models/cluster_objects.h"
#include "ui/models/cluster_status.h"
#include "ui/models/run_set.h"
#include "ui/models/throttle.h"
#include "ui/pages/desk_actions.h"
#include "ui/pages/page.h"
#include "ui/pages/pushes_page.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/settings_page.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/stale_banner.h"
#include "ui/widgets/top_bar.h"

namespace cerebral::ui {

class RunButtons;
class RunPage;
class RunServices;

/// What the window shows and asks. All must outlive it.
struct WindowParts {
    const Theme& theme;
    const Clock& clock;
    RunSet& runs;
    ClusterObjects& objects;
    PushModel& pushes;
    ClusterBridge& bridge;
    ClusterStatus& cluster;
    Settings& settings;
    RunActions& actions;
    QStringList services;                ///< of the configuration
    RunServices* runServices = nullptr;  ///< for the panel beside the runs; null: there is none
};

class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// Whole: everything that is seen is there at once. Opening: until `complete` only grey shapes where it will
    /// stand, which need neither fonts nor icons; besides what QWidget offers, only the slot and the shape are asked
    /// before.
    enum class Begin : std::uint8_t { Whole, Opening };
    explicit MainWindow(const WindowParts& parts, Begin begin = Begin::Whole);
    ~MainWindow() override;

    /// Puts everything in its place and paints it at once. Does nothing when that was done.
    void complete();
    [[nodiscard]] bool isComplete() const noexcept { return stack_ != nullptr; }

    [[nodiscard]] int pageCount() const noexcept { return static_cast<int>(pages_.size()); }
    [[nodiscard]] QString pageName(int page) const { return pages_[static_cast<std::size_t>(page)].name; }
    [[nodiscard]] Page& page(int page) { return built(static_cast<std::size_t>(page)); }
    /// Builds one page that is not there yet; false when all are.
    bool buildNext();
    void showPage(int page);
    void bringUp(const Page* page);
    [[nodiscard]] PushesPage& pushesPage() noexcept { return *pushesPage_; }
    [[nodiscard]] RunsPage& runsPage();
    /// One run in detail; the window takes it over. Without one, runs do not open.
    void setRunPage(RunPage* page);
    /// Gives the window its run page (`setRunPage`) when it is needed.
    void setRunPageMaker(std::function<void()> make) { makeRunPage_ = std::move(make); }
    /// Null when the window was given none.
    [[nodiscard]] RunPage* runPage();
    [[nodiscard]] RunButtons* runButtons() noexcept { return runButtons_; }
    /// False when the run is not known.
    bool openRun(const QString& uid);
    [[nodiscard]] SettingsPage& settingsPage();
    [[nodiscard]] DeskActions& actions() noexcept { return *actions_; }
    [[nodiscard]] const Theme& theme() const noexcept { return theme_; }
    [[nodiscard]] const RunSet& runs() const noexcept { return runs_; }
    /// What keys and the palette's actions apply to.
    [[nodiscard]] ActionTarget currentTarget() const;
    /// Pages, filters, look: what the window itself can do.
    [[nodiscard]] std::vector<PaletteEntry> windowCommands();
    /// What was run from the palette, newest first.
    [[nodiscard]] const QStringList& recentCommands() const noexcept { return recent_; }
    CommandPalette* openPalette();
    /// Another cluster, or other namespaces, in this same window.
    QMenu* openContexts();
    void openNamespaces();
    void switchContext(const QString& context);
    /// Which of the open windows this is: place and columns are remembered by it.
    void setSlot(int slot) noexcept { slot_ = slot; }
    /// Size, place and columns as they were when the window was last closed; false when it never was.
    bool restoreShape();
    /// Brings up what the link points at; a run that is still to be read, as soon as it is there.
    void openLink(const AppLink& link);
    /// In detail where that is possible, else in the list.
    void showRun(const QString& uid);
    [[nodiscard]] TopBar& topBar() noexcept { return *topBar_; }

signals:
    /// Another window on the same cluster, which shows what the link points at.
    void newWindowWanted(const std::optional<cerebral::ui::AppLink>& link = {});
    void closed();

public slots:
    /// The state of the connection or the context has changed.
    void refreshConnection();
    /// The history has learned something about why this run failed.
    void refreshFailure(const QString& uid);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    struct Entry {
        QString name;
        QString icon;
        QString key;   ///< second key after G
        Page* widget;  ///< null: not built yet
        int railItem;
    };
    enum : std::size_t { PushesEntry, RunsEntry, SettingsEntry };  ///< as in `pages_`
    void build();
    void addPage(const QString& name, const QString& icon, const QString& key, bool atBottom = false);
    Page& built(std::size_t page);
    void adopt(std::size_t entry, Page* page);
    void connectPushes();
    void connectRuns();
    void connectBars();
    void prime(Page& page);
    void tick();
    void refreshCounts();
    [[nodiscard]] int indexOf(const Page* page) const;
    void applyWidth();
    void applyWidth(Page& page) const;
    bool goKey(const QString& key);
    bool actionKey(const QKeyEvent& event);
    bool letterKey(const QString& text);
    void openMenu(const QPoint& globalPos);
    [[nodiscard]] std::vector<PaletteEntry> clusterCommands();
    void closeDialogs();
    void nextPart();
    void followLink();
    [[nodiscard]] QString shapeName(const QString& what) const;

    const Theme& theme_;
    RunSet& runs_;
    ClusterObjects& objects_;
    PushModel& pushes_;
    ClusterBridge& bridge_;
    ClusterStatus& cluster_;
    const Clock& clock_;
    Settings& settings_;
    RunActions& runActions_;
    QStringList services_;
    RunServices* runServices_;
    Rail* rail_ = nullptr;
    TopBar* topBar_ = nullptr;
    StaleBanner* banner_ = nullptr;
    QStackedWidget* stack_ = nullptr;  ///< null: still opening
    PushesPage* pushesPage_ = nullptr;
    RunsPage* runsPage_ = nullptr;
    RunPage* runPage_ = nullptr;
    RunButtons* runButtons_ = nullptr;
    const Page* cameFrom_ = nullptr;  ///< where a run was opened
    SettingsPage* settingsPage_ = nullptr;
    std::function<void()> makeRunPage_;
    ConnectionSummary connection_;
    std::vector<Entry> pages_;
    DeskActions* actions_ = nullptr;
    QPointer<CommandPalette> palette_;
    QTimer second_;
    Throttle counts_{kCountsEvery};
    std::optional<AppLink> awaited_;  ///< a run that may still be on its way
    QStringList recent_;
    int slot_ = 0;
    bool goPending_ = false;
};

}  // namespace cerebral::ui
