#include "ui/pages/main_window.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/pages/connection_menu.h"
#include "ui/pages/letter_keys.h"
#include "ui/pages/run_buttons.h"
#include "ui/pages/run_page.h"
#include "ui/pages/run_peek.h"
#include "ui/pages/tick_bar.h"
#include "ui/widgets/opening.h"
#include "ui/widgets/popup_below.h"
#include "ui/widgets/run_columns.h"

namespace cerebral::ui {
namespace {
constexpr int kWide = 1360;
constexpr int kNormal = 1136;
const QString kWindowShape = QStringLiteral("window");
const QString kColumns = QStringLiteral("runs.columns");
const QString kPeekWidth = QStringLiteral("runs.peek");
const QString kRunShape = QStringLiteral("run.shape");
}  // namespace

MainWindow::MainWindow(const WindowParts& parts, Begin begin)
    : theme_(parts.theme),
      runs_(parts.runs),
      objects_(parts.objects),
      pushes_(parts.pushes),
      bridge_(parts.bridge),
      cluster_(parts.cluster),
      clock_(parts.clock),
      settings_(parts.settings),
      runActions_(parts.actions),
      services_(parts.services),
      runServices_(parts.runServices) {
    setWindowTitle(QStringLiteral("Cerebral Desk"));
    setMinimumSize(960, 600);
    second_.setInterval(1000);
    if (begin == Begin::Whole) build();
}

MainWindow::~MainWindow() = default;

void MainWindow::complete() {
    if (isComplete()) return;
    build();
    if (!isVisible()) return;
    applyWidth();
    // What is put into a window that is seen is shown by turns of the event loop; this is to be seen in one.
    for (QWidget* part : std::initializer_list<QWidget*>{rail_, topBar_, stack_}) part->show();
    layout()->activate();
    pushesPage_->keepSkeleton();
    static_cast<Page*>(stack_->currentWidget())->mainWidget()->setFocus();
    second_.start();
    repaint();
}

void MainWindow::build() {
    rail_ = new Rail(theme_, this);
    topBar_ = new TopBar(theme_, this);
    banner_ = new StaleBanner(theme_, this);
    stack_ = new QStackedWidget(this);
    new LetterKeys(settings_, *this);
    actions_ = new DeskActions({theme_, runs_, pushes_, runActions_, services_, cluster_.context()}, *this);
    setWindowIcon(theme_.icons().icon(QStringLiteral("app"), theme_.colors().accent, 32));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(rail_);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(topBar_);
    column->addWidget(banner_);
    column->addWidget(stack_, 1);
    row->addLayout(column, 1);

    addPage(QStringLiteral("Pushes"), QStringLiteral("pushes"), QStringLiteral("P"));
    addPage(QStringLiteral("Runs"), QStringLiteral("runs"), QStringLiteral("R"));
    addPage(QStringLiteral("Settings"), QStringLiteral("settings"), QStringLiteral("S"), true);
    pushesPage_ = new PushesPage({theme_, pushes_, bridge_, cluster_, settings_}, this);
    connectPushes();
    adopt(PushesEntry, pushesPage_);
    connectBars();

    connect(&counts_, &QTimer::timeout, this, &MainWindow::refreshCounts);
    const auto later = [this] { counts_.call(); };
    connect(&runs_, &RunSet::changed, this, later);
    connect(&runs_, &RunSet::cleared, this, later);
    connect(&pushes_, &PushModel::countsChanged, this, later);
    connect(&runs_, &RunSet::cleared, this, &MainWindow::closeDialogs);
    connect(&second_, &QTimer::timeout, this, &MainWindow::tick);
    connect(&theme_, &Theme::changed, this, qOverload<>(&MainWindow::applyWidth));
    showPage(0);
    refreshCounts();
    refreshConnection();
}

void MainWindow::connectPushes() {
    actions_->notice().avoid(pushesPage_->view());
    connect(pushesPage_, &PushesPage::runOpened, this, &MainWindow::showRun);
    connect(pushesPage_, &PushesPage::stageOpened, this, [this](const QString& uid, journey::Stage stage) {
        showRun(uid);
        if (runPage_ != nullptr && runPage_->uid() == uid) runPage_->showStage(stage);
    });
    connect(pushesPage_, &PushesPage::contextMenuWanted, this, &MainWindow::openMenu);
    // Filters that were cleared on a page do not go on in the field their words came from.
    connect(&pushesPage_->filters(), &PushFilterBar::filterChanged, this, [this] {
        if (pushesPage_->filters().filter().words.isEmpty()) topBar_->search().clear();
    });
}

void MainWindow::connectRuns() {
    new TickBar(theme_, *runsPage_, runs_, runActions_, *actions_);  // the page's
    actions_->notice().avoid(runsPage_->table());
    connect(runsPage_, &RunsPage::runOpened, this, &MainWindow::openRun);
    connect(runsPage_, &RunsPage::logOpened, this, [this](const QString& uid) {
        if (openRun(uid)) runPage_->showTab(RunPage::LogsTab);
    });
    connect(runsPage_, &RunsPage::exported, this, [this](const QString& words, bool saved) {
        actions_->notice().say(words, saved ? Status::Succeeded : Status::Failed);
    });
    if (runServices_ != nullptr) {
        runsPage_->setPeekMaker([this] {
            return new RunPeek({theme_, runs_, objects_, *runServices_, pushes_, *actions_, runActions_,
                                [this] { return runsPage_->model().nowMs(); }},
                               runsPage_);
        });
    }
    connect(runsPage_, &RunsPage::contextMenuWanted, this, &MainWindow::openMenu);
    connect(&runsPage_->filters(), &RunFilterBar::filterChanged, this, [this] {
        if (runsPage_->filters().filter().words.isEmpty()) topBar_->search().clear();
    });
}

void MainWindow::connectBars() {
    connect(topBar_, &TopBar::commandsRequested, this, &MainWindow::openPalette);
    topBar_->setCommandsVisible(true);

    connect(topBar_, &TopBar::contextRequested, this, &MainWindow::openContexts);
    connect(topBar_, &TopBar::namespacesRequested, this, &MainWindow::openNamespaces);
    connect(rail_, &Rail::chosen, this, &MainWindow::showPage);
    connect(&topBar_->search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        for (const Entry& entry : pages_) {
            if (entry.widget != nullptr) entry.widget->setSearch(text);
        }
    });
    connect(&topBar_->search(), &QLineEdit::returnPressed, this,
            [this] { static_cast<Page*>(stack_->currentWidget())->mainWidget()->setFocus(); });
    const auto details = [this](const QWidget& below) {
        const ConnectionPill& pill = topBar_->pill();
        auto* menu = new ConnectionMenu(
            theme_, pill.summary(), [this] { cluster_.retryNow(); }, this);
        connect(&pill, &ConnectionPill::summaryChanged, menu, [menu, &pill] { menu->setSummary(pill.summary()); });
        popupBelowEnd(*menu, below);
    };
    connect(topBar_, &TopBar::connectionRequested, this, [this, details] { details(topBar_->pill()); });
    connect(banner_, &StaleBanner::detailsRequested, this, [this, details] { details(topBar_->pill()); });
    connect(banner_, &StaleBanner::retryRequested, this, [this] { cluster_.retryNow(); });
    connect(new QShortcut(QKeySequence(Qt::Key_F5), this), &QShortcut::activated, this,
            [this] { cluster_.retryNow(); });
}

void MainWindow::addPage(const QString& name, const QString& icon, const QString& key, bool atBottom) {
    pages_.push_back({name, icon, key, nullptr, rail_->addItem(icon, name, atBottom)});
}

// ---- pages, built when they are needed ----

void MainWindow::adopt(std::size_t entry, Page* page) {
    pages_[entry].widget = page;
    stack_->addWidget(page);
}

void MainWindow::prime(Page& page) {
    // What the others were told before.
    applyWidth(page);
    if (const QString words = topBar_->search().text(); !words.isEmpty()) page.setSearch(words);
    page.setConnection(connection_);
}

Page& MainWindow::built(std::size_t page) {
    if (page == RunsEntry) return runsPage();
    if (page == SettingsEntry) return settingsPage();
    return *pages_[page].widget;
}

RunsPage& MainWindow::runsPage() {
    if (runsPage_ == nullptr) {
        runsPage_ = new RunsPage(theme_, runs_, clock_, cluster_.namespaces().value(0), this);
        if (const QByteArray columns = settings_.shape(shapeName(kColumns)); !columns.isEmpty()) {
            runsPage_->table().columns().restore(columns);
        }
        if (const int width = settings_.shape(shapeName(kPeekWidth)).toInt(); width > 0)
            runsPage_->splitter().setPanelWidth(width);
        connectRuns();
        adopt(RunsEntry, runsPage_);
        prime(*runsPage_);
    }
    return *runsPage_;
}

SettingsPage& MainWindow::settingsPage() {
    if (settingsPage_ == nullptr) {
        settingsPage_ = new SettingsPage(theme_, settings_, this);
        adopt(SettingsEntry, settingsPage_);
        prime(*settingsPage_);
    }
    return *settingsPage_;
}

RunPage* MainWindow::runPage() {
    if (runPage_ == nullptr && makeRunPage_) std::exchange(makeRunPage_, {})();
    return runPage_;
}

bool MainWindow::buildNext() {
    if (runsPage_ == nullptr) {
        static_cast<void>(runsPage());
    } else if (makeRunPage_) {
        static_cast<void>(runPage());
    } else if (settingsPage_ == nullptr) {
        static_cast<void>(settingsPage());
    } else {
        return false;
    }
    return true;
}

void MainWindow::showPage(int page) {
    built(static_cast<std::size_t>(page));
    const Entry& entry = pages_[static_cast<std::size_t>(page)];
    const bool leavesRun = runPage_ != nullptr && stack_->currentWidget() == runPage_;
    stack_->setCurrentWidget(entry.widget);
    rail_->setCurrent(entry.railItem);
    if (leavesRun) runPage_->close();
    if (isVisible()) entry.widget->mainWidget()->setFocus();
}

void MainWindow::setRunPage(RunPage* page) {
    runPage_ = page;
    page->setPushes(&pushes_);
    stack_->addWidget(page);
    page->restoreShape(settings_.shape(shapeName(kRunShape)));
    connect(page, &RunPage::runRequested, this, &MainWindow::openRun);
    connect(page, &RunPage::closed, this, [this] { bringUp(cameFrom_ != nullptr ? cameFrom_ : &runsPage()); });
    runButtons_ = new RunButtons(theme_, *page, runs_, runActions_, *actions_);
    prime(*page);
}

bool MainWindow::openRun(const QString& uid) {
    if (runPage() == nullptr || !runPage_->open(uid)) return false;
    if (stack_->currentWidget() != runPage_) {
        const bool fromPushes = stack_->currentWidget() == pushesPage_;
        cameFrom_ = fromPushes ? static_cast<const Page*>(pushesPage_) : &runsPage();
        runPage_->header().setBack(pageName(indexOf(cameFrom_)));
    }
    stack_->setCurrentWidget(runPage_);
    // Where the way back leads.
    rail_->setCurrent(pages_[static_cast<std::size_t>(indexOf(cameFrom_))].railItem);
    if (isVisible()) runPage_->mainWidget()->setFocus();
    return true;
}

int MainWindow::indexOf(const Page* page) const {
    const auto it =
        std::find_if(pages_.begin(), pages_.end(), [&](const Entry& entry) { return entry.widget == page; });
    return static_cast<int>(it - pages_.begin());
}

void MainWindow::bringUp(const Page* page) {
    showPage(indexOf(page));
}

void MainWindow::refreshCounts() {
    // What was under way or stuck when the connection was lost may be over: then all of it is one grey figure.
    const bool stale = connection_.stale();
    const Status underway = stale ? Status::Held : Status::Running;
    const auto show = [&](std::size_t entry, int moving, int stuck) {
        rail_->setCount(pages_[entry].railItem, stale ? moving + stuck : moving, underway, !stale && stuck > 0);
    };
    show(PushesEntry, pushes_.count(journey::PushState::Underway), pushes_.count(journey::PushState::Stuck));
    show(RunsEntry,
         runs_.count(tekton::RunState::Running) + runs_.count(tekton::RunState::Pending) +
             runs_.count(tekton::RunState::Cancelling),
         runs_.count(tekton::RunState::Stuck));
}

void MainWindow::refreshConnection() {
    if (!isComplete()) return;
    ConnectionSummary fresh = summarize(cluster_.kinds(), clock_.steadyNow());
    dateSummary(fresh, connection_, clock_.now());
    connection_ = std::move(fresh);
    const ConnectionSummary& summary = connection_;
    topBar_->setContext(cluster_.context(), cluster_.contexts().size() > 1);
    topBar_->setNamespaces(cluster_.namespaces(), !cluster_.contexts().isEmpty());
    actions_->setContext(cluster_.context());
    if (runsPage_ != nullptr) runsPage_->setNamespace(cluster_.namespaces().value(0));
    topBar_->pill().setSummary(summary);
    if (summary.stale()) {
        const LostWords words = lostWords(summary, cluster_.context(), fromMillis(summary.seenMs));
        banner_->setTexts(words.title, words.text, summary.why);
    }
    if (banner_->isVisibleTo(this) != summary.stale()) counts_.call();
    banner_->setVisible(summary.stale());
    for (const Entry& entry : pages_) {
        if (entry.widget != nullptr) entry.widget->setConnection(summary);
    }
    if (runPage_ != nullptr) runPage_->setConnection(summary);
    if (awaited_) followLink();
}

void MainWindow::refreshFailure(const QString& uid) {
    if (runPage_ != nullptr) runPage_->refreshFailure(uid);
    if (runsPage_ != nullptr && runsPage_->peek() != nullptr) runsPage_->peek()->refreshFailure(uid);
}

void MainWindow::tick() {
    refreshConnection();
    if (!isMinimized()) static_cast<Page*>(stack_->currentWidget())->tick();
}

void MainWindow::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!isComplete()) return;
    second_.start();
    // Children are shown after their parent: only then can one of them take the focus.
    QTimer::singleShot(0, this, [this] { static_cast<Page*>(stack_->currentWidget())->mainWidget()->setFocus(); });
}

void MainWindow::hideEvent(QHideEvent* event) {
    second_.stop();
    QWidget::hideEvent(event);
}

QString MainWindow::shapeName(const QString& what) const {
    return slot_ == 0 ? what : QStringLiteral("%1.%2").arg(what).arg(slot_);
}

bool MainWindow::restoreShape() {
    const QByteArray shape = settings_.shape(shapeName(kWindowShape));
    return !shape.isEmpty() && restoreGeometry(shape);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    settings_.setShape(shapeName(kWindowShape), saveGeometry());
    if (runsPage_ != nullptr) {
        settings_.setShape(shapeName(kColumns), runsPage_->table().columns().save());
        settings_.setShape(shapeName(kPeekWidth), QByteArray::number(runsPage_->splitter().panelWidth()));
    }
    if (runPage_ != nullptr) settings_.setShape(shapeName(kRunShape), runPage_->saveShape());
    QWidget::closeEvent(event);
    if (event->isAccepted()) emit closed();
}

void MainWindow::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    if (isComplete()) return;
    QPainter painter(this);
    const bool normal = width() < theme_.px(kWide);
    const bool narrow = width() < theme_.px(kNormal);
    drawOpening(painter, rect(), theme_, normal,
                narrow   ? WidthClass::Narrow
                : normal ? WidthClass::Normal
                         : WidthClass::Wide);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    applyWidth();
}

void MainWindow::applyWidth() {
    if (!isComplete()) return;
    // What fits is a question of the size of the text.
    const bool normal = width() < theme_.px(kWide);
    rail_->setNarrow(normal);
    topBar_->setNarrow(normal);
    for (const Entry& entry : pages_) {
        if (entry.widget != nullptr) applyWidth(*entry.widget);
    }
    if (runPage_ != nullptr) applyWidth(*runPage_);
    layout()->activate();
}

void MainWindow::applyWidth(Page& page) const {
    page.setWidthClass(width() < theme_.px(kWide), width() < theme_.px(kNormal));
}

}  // namespace cerebral::ui
