#pragma once
/// @file MainWindow: rail, top bar, banner and the pages; keys that work everywhere.

#include <QStackedWidget>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/base/clock.h"
#include "ui/models/connection.h"
#include "ui/models/run_set.h"
#include "ui/pages/page.h"
#include "ui/pages/runs_page.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/stale_banner.h"
#include "ui/widgets/top_bar.h"

namespace cerebral::ui {

/// What the window needs from the cluster besides its objects.
class ClusterStatus {
public:
    virtual ~ClusterStatus() = default;
    [[nodiscard]] virtual std::vector<KindSync> kinds() const = 0;
    [[nodiscard]] virtual QString context() const = 0;
    [[nodiscard]] virtual QStringList namespaces() const = 0;
    virtual void retryNow() = 0;
};

class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// All must outlive the window.
    MainWindow(const Theme& theme, RunSet& runs, ClusterStatus& cluster, const Clock& clock);
    ~MainWindow() override;

    [[nodiscard]] int pageCount() const noexcept { return static_cast<int>(pages_.size()); }
    [[nodiscard]] QString pageName(int page) const { return pages_[static_cast<std::size_t>(page)].name; }
    [[nodiscard]] Page& page(int page) { return *pages_[static_cast<std::size_t>(page)].widget; }
    void showPage(int page);
    [[nodiscard]] RunsPage& runsPage() noexcept { return *runsPage_; }
    [[nodiscard]] TopBar& topBar() noexcept { return *topBar_; }

public slots:
    /// The state of the connection or the context has changed.
    void refreshConnection();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Entry {
        QString name;
        QString key;  ///< second key after G
        Page* widget;
        int railItem;
    };
    void addPage(const QString& name, const QString& icon, const QString& key, Page* page);
    void tick();
    void refreshCounts();
    void applyWidth();
    bool goKey(const QString& key);

    const Theme& theme_;
    RunSet& runs_;
    ClusterStatus& cluster_;
    const Clock& clock_;
    Rail* rail_;
    TopBar* topBar_;
    StaleBanner* banner_;
    QStackedWidget* stack_;
    RunsPage* runsPage_ = nullptr;
    std::vector<Entry> pages_;
    QTimer second_;
    bool goPending_ = false;
};

}  // namespace cerebral::ui
