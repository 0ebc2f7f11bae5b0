#include "ui/pages/runs_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/models/runs_csv.h"
#include "ui/pages/desk_actions.h"
#include "ui/pages/run_peek.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/popup_below.h"
#include "ui/widgets/run_columns.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/table_header.h"

namespace cerebral::ui {
namespace {

/// Grey where the cells will be, under their headers, wherever those were moved.
SkeletonRows::Row placesOf(const RunTable& table, const Theme& theme) {
    constexpr double kGap = 12;
    struct Bar {
        int column;
        double width;
        double height;
        bool right = false;
    };
    constexpr Bar kBars[] = {{RunTableModel::Branch, 96, 8},        {RunTableModel::Commit, 52, 8},
                             {RunTableModel::Trigger, 84, 8},       {RunTableModel::Progress, 80, 4},
                             {RunTableModel::Started, 40, 8, true}, {RunTableModel::Time, 32, 8, true},
                             {RunTableModel::Reason, 120, 8}};
    const CheckColumn first(theme);
    const double service = table.columnViewportPosition(RunTableModel::Service);
    const double mark = theme.px(16);
    // Runs in the order of their start stand under the name of their day.
    const bool byDay = table.horizontalHeader()->sortIndicatorSection() == RunTableModel::Started;
    SkeletonRows::Row row{
        static_cast<double>(theme.px(32)),
        {{service + first.box, mark, mark},
         {service + first.glyph, mark, mark},
         {service + first.text, static_cast<double>(theme.px(132)), static_cast<double>(theme.px(8)), 0, true}},
        byDay ? static_cast<double>(theme.px(24)) : 0};
    for (const Bar& bar : kBars) {
        if (table.isColumnHidden(bar.column)) continue;
        const double room = table.columnWidth(bar.column) - kGap;
        const double width = std::min<double>(room, theme.px(bar.width));
        const double left = table.columnViewportPosition(bar.column) + (bar.right ? room - width : 0);
        const bool ragged =
            !bar.right && bar.column != RunTableModel::Commit && bar.column != RunTableModel::Progress;
        row.columns.push_back({left, width, static_cast<double>(theme.px(bar.height)), 0, ragged});
    }
    return row;
}

}  // namespace

RunsPage::RunsPage(const Theme& theme, RunSet& runs, const Clock& clock, QString ns, QWidget* parent)
    : Page(parent), theme_(theme), runs_(runs), namespace_(std::move(ns)), model_(runs, clock) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(24, 0, 24, 0);
    head->setSpacing(12);
    auto* title = makeLabel(theme_, &Fonts::pageTitle, &Colors::text1, QStringLiteral("Runs"), this);
    keepHeight(theme_, title, 56);
    summary_ = makeLabel(theme_, &Fonts::small, &Colors::text3, {}, this);
    summary_->setContentsMargins(0, 2, 0, 0);
    head->addWidget(title);
    head->addWidget(summary_);
    head->addStretch();
    columns_ = new Button(theme_, QStringLiteral("cols"), QStringLiteral("Columns"), Button::Kind::Ghost, this);
    columns_->setHint(QStringLiteral("Which columns are shown"));
    connect(columns_, &QAbstractButton::clicked, this, &RunsPage::openColumns);
    head->addWidget(columns_);
    export_ = new Button(theme_, QStringLiteral("save"), QStringLiteral("Export"), Button::Kind::Ghost, this);
    export_->setHint(QStringLiteral("Save the rows that are shown as CSV"));
    connect(export_, &QAbstractButton::clicked, this, [this] {
        const QString path =
            QFileDialog::getSaveFileName(this, QStringLiteral("Save the runs"), QStringLiteral("runs.csv"));
        if (!path.isEmpty()) exportTo(path);
    });
    head->addWidget(export_);
    column->addLayout(head);

    filters_ = new RunFilterBar(theme_, runs_, clock, this);
    column->addWidget(filters_);

    list_ = new QWidget(this);
    auto* below = new QVBoxLayout(list_);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    auto* body = new QWidget(list_);
    stack_ = new QStackedLayout(body);
    table_ = new RunTable(theme_, model_, body);
    empty_ = new EmptyState(theme_, body);
    stack_->addWidget(table_);
    stack_->addWidget(empty_);
    below->addWidget(body, 1);
    splitter_ = new PanelSplitter(theme_, list_, this);
    column->addWidget(splitter_, 1);
    skeleton_ = new SkeletonRows(
        theme_, [this] { return placesOf(*table_, theme_); }, table_->viewport());

    connect(&counts_, &QTimer::timeout, this, &RunsPage::refreshCounts);
    const auto later = [this] { counts_.call(); };
    connect(&runs_, &RunSet::changed, this, later);
    connect(&runs_, &RunSet::cleared, this, later);
    // Counts can wait, the first rows can not.
    connect(&model_, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        if (model_.rowCount() == last - first + 1) refreshState();
    });
    connect(filters_, &RunFilterBar::filterChanged, this, &RunsPage::applyFilter);
    connect(table_, &RunTable::opened, this, &RunsPage::runOpened);
    connect(table_, &RunTable::peekWanted, this, [this] { setPeeking(!peeking()); });
    connect(table_, &RunTable::currentRunChanged, this, &RunsPage::showCurrent);
    connect(table_, &RunTable::contextMenuWanted, this, &RunsPage::contextMenuWanted);
    connect(&theme_, &Theme::changed, this, [this] { update(); });
    refreshCounts();
}

void RunsPage::openColumns() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int visual = 0; visual < RunTableModel::ColumnCount; ++visual) {
        const int column = table_->horizontalHeader()->logicalIndex(visual);
        if (column == RunTableModel::State || column == RunTableModel::Service) continue;
        QString text = model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        if (table_->columns().tooNarrow(column)) text += QStringLiteral("\ttoo narrow");
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(table_->columns().wanted(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool on) { table_->columns().setWanted(column, on); });
    }
    popupBelowEnd(*menu, *columns_);
}

void RunsPage::exportTo(const QString& path) {
    QSaveFile file(path);
    const bool saved = file.open(QIODevice::WriteOnly) && file.write(runsCsv(model_)) >= 0 && file.commit();
    const QString count = model_.shownRuns() == 1
                              ? QStringLiteral("1 run")
                              : QStringLiteral("%1 runs").arg(QLocale(QLocale::English).toString(model_.shownRuns()));
    emit exported(saved ? QStringLiteral("Saved %1 to %2").arg(count, path)
                        : QStringLiteral("Cannot write %1: %2").arg(path, file.errorString()),
                  saved);
}

void RunsPage::setSearch(const QString& text) {
    filters_->setWords(text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

void RunsPage::applyFilter() {
    model_.setFilter(filters_->filter());
    table_->showCurrent();
    refreshCounts();
}

void RunsPage::tick() {
    model_.tick();
    refreshPeek();
}

// ---- the panel ----

bool RunsPage::peeking() const {
    return peek_ != nullptr && peek_->isVisibleTo(splitter_);
}

QWidget* RunsPage::sidePanel() {
    return peeking() ? peek_ : nullptr;
}

void RunsPage::setPeeking(bool on) {
    if (on == peeking() || (on && peek_ == nullptr && !makePeek_)) return;
    if (!on) {
        if (peek_->isAncestorOf(window()->focusWidget())) mainWidget()->setFocus();
        return peek_->leave();
    }
    if (peek_ == nullptr) {
        peek_ = std::exchange(makePeek_, {})();
        splitter_->setPanel(peek_);
        connect(peek_, &RunPeek::closeRequested, this, [this] { setPeeking(false); });
        connect(peek_, &RunPeek::runOpened, this, &RunsPage::runOpened);
        connect(peek_, &RunPeek::logOpened, this, &RunsPage::logOpened);
        // Both say the same second.
        connect(peek_, &RunPeek::contentChanged, table_, [this] {
            const int row = table_->currentIndex().row();
            if (row >= 0)
                table_->viewport()->update(0, table_->rowViewportPosition(row), table_->viewport()->width(),
                                           table_->rowHeight(row));
        });
    }
    peek_->setVisible(true);
    refreshPeek();
    showCurrent();
}

void RunsPage::showCurrent() {
    if (!peeking()) return;
    const RunRow* row = table_->currentRun();
    peek_->showRun(row != nullptr ? row->uid : QString());
}

void RunsPage::refreshPeek() {
    if (!peeking()) return;
    const bool hidden = connection_.refuses(QLatin1String("taskruns")) || connection_.refuses(QLatin1String("pods"));
    peek_->setBlind(hidden ? plainRefusal(connection_.why) : QString());
    peek_->tick(model_.held());
}

void RunsPage::refreshCounts() {
    filters_->refreshCounts();
    const QLocale numbers(QLocale::English);
    const QString all = numbers.toString(runs_.size());
    if (connection_.state != ConnectionSummary::State::Live && runs_.size() == 0) {
        // Not known is not none.
        summary_->setText(wordsForNothing(connection_.state, QStringLiteral("runs")));
        refreshState();
        return;
    }
    QString text = filters_->filter().active()
                       ? QStringLiteral("%1 of %2 in the cluster").arg(numbers.toString(model_.shownRuns()), all)
                       : QStringLiteral("%1 in the cluster").arg(all);
    if (model_.held())
        text = QStringLiteral("As of %1: %2").arg(formatClockSeconds(fromMillis(model_.nowMs())), text);
    summary_->setText(text);
    refreshState();
}

void RunsPage::setConnection(const ConnectionSummary& summary) {
    const bool other = summary.state != connection_.state || summary.stale() != connection_.stale() ||
                       summary.seenMs != connection_.seenMs;
    connection_ = summary;
    model_.setHeld(summary.stale(), summary.seenMs);
    filters_->setHeld(summary.stale());
    other ? refreshCounts() : refreshState();
    refreshPeek();
}

bool RunsPage::filled() const {
    return model_.shownRuns() > 0 || connection_.state != ConnectionSummary::State::Loading;
}

ActionTarget RunsPage::target(const DeskActions& actions) const {
    const auto ticked = table_->tickedRuns();
    if (!ticked.empty()) return actions.targetOf(ticked);
    const RunRow* current = table_->currentRun();
    return current != nullptr ? actions.targetOf(*current) : ActionTarget{};
}

bool RunsPage::closeNearest() {
    if (peeking()) {
        setPeeking(false);
        return true;
    }
    if (table_->selectionModel()->hasSelection()) {
        table_->clearTicks();
        return true;
    }
    if (filters_->filter().active()) {
        filters_->clear();
        return true;
    }
    return false;
}

void RunsPage::refreshState() {
    const bool nothing = model_.shownRuns() == 0;
    export_->setEnabled(!nothing);
    const bool loading = connection_.state == ConnectionSummary::State::Loading;
    if (nothing && loading && !filters_->filter().active()) {
        bringUp(*stack_, *table_);
        skeleton_->begin();
        return;
    }
    skeleton_->end();
    if (nothing) showEmpty();
    bringUp(*stack_, nothing ? static_cast<QWidget&>(*empty_) : *table_);
}

void RunsPage::showEmpty() {
    const bool refused = connection_.state == ConnectionSummary::State::Forbidden;
    const bool filtered = filters_->filter().active() && runs_.size() > 0;
    const bool lost = connection_.state == ConnectionSummary::State::Reconnecting ||
                      connection_.state == ConnectionSummary::State::Disconnected;
    const QString kind = filtered          ? noMatch({}, filters_->filter().words)
                         : refused || lost ? connection_.why
                                           : QStringLiteral("empty");
    const QString about = kind + QLatin1Char(' ') + namespace_;
    if (about == emptyFor_) return;
    emptyFor_ = about;
    empty_->clearSteps();
    if (filtered) {
        empty_->setTexts(noMatch(QStringLiteral("run"), filters_->filter().words), {});
        connect(empty_->addAction(QStringLiteral("x"), QStringLiteral("Clear filters")), &QAbstractButton::clicked,
                filters_, &RunFilterBar::clear);
    } else if (refused) {
        empty_->setTexts(QStringLiteral("No access to runs"),
                         asSentence(plainRefusal(connection_.why)) + QLatin1Char('.'));
        empty_->addCommand(QStringLiteral("Ask for the right to read them"),
                           QStringLiteral("A cluster administrator runs this."),
                           grantCommand(connection_.why, namespace_));
    } else if (lost) {
        // Nothing was ever read: that there is nothing would be a guess.
        empty_->setTexts(QStringLiteral("The cluster does not answer"), nothingRead());
        empty_->setRaw(connection_.why);
    } else {
        empty_->setTexts(
            QStringLiteral("No runs yet"),
            QStringLiteral("Every push to GitHub that touches a service becomes a PipelineRun in %1 and a row "
                           "here, as soon as the receiver creates it.")
                .arg(namespace_));
        empty_->addCommand(
            QStringLiteral("Push a commit"),
            QStringLiteral("An empty one whose message starts with “rebuild:” builds every service on a base image."),
            QStringLiteral("git commit --allow-empty -m \"rebuild: first run\" && git push"));
        empty_->addCommand(
            QStringLiteral("Send a signed test delivery"),
            QStringLiteral("Goes the whole way without GitHub. Needs the webhook secret in a file."),
            QStringLiteral("cerebralctl send push.json --url https://webhook.dev.cerebral.baerautotech.com/ "
                           "--secret-file secret"));
    }
}

void RunsPage::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    p.fillRect(rect(), c.bgCanvas);
    p.fillRect(QRect(0, filters_->geometry().bottom(), width(), 1), c.lineDefault);
}

}  // namespace cerebral::ui
