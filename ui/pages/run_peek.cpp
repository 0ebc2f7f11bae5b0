#include "ui/pages/run_peek.h"

#include <QDesktopServices>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>
#include <iterator>
#include <utility>

#include "ui/bridge/run_history.h"
#include "ui/models/format.h"
#include "ui/models/push_context.h"
#include "ui/theme/held.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/run_words.h"
#include "ui/widgets/state_pill.h"

namespace cerebral::ui {
namespace {

/// An arrow key held down goes faster.
constexpr int kRestMs = 120;
/// What the cluster has not told of a run by then it may not have any more.
constexpr int kPatienceMs = 3000;

}  // namespace

/// The state of the run beside its service.
class PeekState : public QWidget {
public:
    PeekState(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
        QObject::connect(&theme_, &Theme::changed, this, [this] { updateGeometry(); });
    }
    void setState(Status status, const QString& word) {
        status_ = status;
        word_ = word;
        setVisible(!word.isEmpty());
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override {
        return {qRound(statePillWidth(theme_, word_)) + 1, theme_.px(20)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        drawStatePill(p, 0, height() / 2.0, status_, word_, theme_);
    }

private:
    const Theme& theme_;
    Status status_ = Status::Pending;
    QString word_;
};

RunPeek::RunPeek(const Parts& parts, QWidget* parent)
    : SidePanel(parts.theme, QStringLiteral("Current run"), parent),
      parts_(parts),
      run_(parts.runs, parts.objects, parts.services),
      logs_(parts.services),
      why_(run_, logs_, parts.services),
      title_(new ElidedLabel(this)),
      state_(new PeekState(parts.theme, this)),
      openIcon_(new Button(parts.theme, QStringLiteral("ext"), {}, Button::Kind::Ghost, this)),
      body_(new PeekBody(parts.theme)),
      open_(new Button(parts.theme, {}, QStringLiteral("Open run"), Button::Kind::Primary, this)),
      log_(new Button(parts.theme, QStringLiteral("lines"), QStringLiteral("Log"), Button::Kind::Default, this)),
      rebuild_(new Button(parts.theme, QStringLiteral("rebuild"), QStringLiteral("Rebuild"), Button::Kind::Default,
                          this)) {
    buildHead();
    setBody(body_);
    scroll().viewport()->installEventFilter(this);
    buildFooter();
    QWidget* order[] = {openIcon_, &closeButton(), body_, &body_->commits(), open_, log_, rebuild_};
    for (std::size_t i = 1; i < std::size(order); ++i) setTabOrder(order[i - 1], order[i]);
    rest_.setSingleShot(true);
    rest_.setInterval(kRestMs);
    patience_.setSingleShot(true);
    patience_.setInterval(kPatienceMs);
    connect(&rest_, &QTimer::timeout, this, &RunPeek::load);
    connect(&patience_, &QTimer::timeout, this, &RunPeek::refresh);
    connect(&run_, &FollowedRun::changed, this, &RunPeek::takeNews);
    connect(&run_, &FollowedRun::lost, this, [this] {
        background_.cancel();
        showRun({});
    });
    connect(&why_, &RunFailure::answered, this, &RunPeek::refresh);
    connect(&parts_.objects, &ClusterObjects::changed, this, [this] {
        if (loaded() && isVisible()) run_.refreshSoon();
    });
    connect(&parts_.rights, &RunActions::rightsChanged, this, &RunPeek::refreshButtons);
    connect(&body_->commits(), &QAbstractButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl(content().commitsUrl)); });
}

void RunPeek::buildHead() {
    followTheme(parts_.theme, *title_, &Fonts::section, &Colors::text1);
    openIcon_->setHint(QStringLiteral("Open the run (Enter)"));
    head().addWidget(title_);
    head().addWidget(state_);
    head().addStretch(1);
    head().addWidget(openIcon_);
    connect(openIcon_, &QAbstractButton::clicked, this, [this] { emit runOpened(uid_); });
}

void RunPeek::buildFooter() {
    open_->setHint(QStringLiteral("Everything about this run (Enter)"));
    log_->setHint(QStringLiteral("Its log"));
    rebuild_->setHint(QStringLiteral("Build this service again (R)"));
    footer().addWidget(open_);
    footer().addWidget(log_);
    footer().addStretch(1);
    footer().addWidget(rebuild_);
    connect(open_, &QAbstractButton::clicked, this, [this] { emit runOpened(uid_); });
    connect(log_, &QAbstractButton::clicked, this, [this] { emit logOpened(uid_); });
    connect(rebuild_, &QAbstractButton::clicked, this, [this] {
        if (const RunRow* row = parts_.runs.find(uid_))
            parts_.actions.perform(QStringLiteral("rebuild"), parts_.actions.targetOf(*row));
    });
}

void RunPeek::showRun(const QString& uid) {
    setVisible(true);
    if (uid == uid_ && !uid.isEmpty()) return;
    run_.leave();
    logs_.setRun({});
    why_.clear();
    kept_.reset();
    patience_.stop();
    rest_.stop();
    const RunRow* row = parts_.runs.find(uid);
    uid_ = row != nullptr ? uid : QString();
    early_ = {};
    if (row != nullptr) {
        const tekton::PipelineRun& run = *row->run;
        early_ = makeRunDetail(row->run, parts_.objects.taskRunsOf(run), parts_.objects.podsOf(run), {});
        rest_.start();
    }
    scroll().verticalScrollBar()->setValue(0);
    refresh();
}

void RunPeek::leave() {
    showRun({});
    hide();
}

void RunPeek::showEvent(QShowEvent* event) {
    SidePanel::showEvent(event);
    // What happened meanwhile.
    if (loaded()) run_.refreshSoon();
}

bool RunPeek::eventFilter(QObject* watched, QEvent* event) {
    if (watched == scroll().viewport() && event->type() == QEvent::Resize)
        body_->setSeen(scroll().viewport()->height());
    return SidePanel::eventFilter(watched, event);
}

void RunPeek::load() {
    if (!run_.follow(uid_)) return showRun({});
    logs_.setRun(uid_);
    patience_.start();
    background_.run([&services = parts_.services,
                     uid = uid_.toStdString()](const std::stop_token&) { return keptRun(services, uid); },
                    [this, asked = uid_](std::optional<history::RunRecord> kept) {
                        if (asked != uid_) return;
                        kept_ = std::move(kept);
                        refresh();
                    });
    takeNews();
}

void RunPeek::takeNews() {
    logs_.update(run_.detail());
    why_.ask();
    refresh();
}

const RunDetail& RunPeek::detail() const {
    return loaded() ? run_.detail() : early_;
}

int RunPeek::pushesSinceGreen() const {
    const auto& card = why_.card();
    if (!card || !card->differences) return 0;
    const analysis::Change& commit = card->differences->commit;
    return pushesBetween(parts_.pushes, detail().row.branch.toStdString(), commit.before, commit.after);
}

void RunPeek::refresh() {
    if (uid_.isEmpty()) {
        title_->setWhole(QStringLiteral("No run is chosen"));
        state_->setState(Status::Pending, {});
        body_->setContent({}, false);
        refreshButtons();
        emit contentChanged();
        return;
    }
    PeekAside aside;
    aside.nowMs = saidMs_ = parts_.nowMs();
    aside.medianMs = parts_.runs.medianMs(detail().row.service);
    aside.gone = loaded() && run_.gone();
    aside.settled = loaded() && !patience_.isActive();
    aside.blind = blind_;
    aside.kept = kept_ ? &*kept_ : nullptr;
    aside.card = why_.card() ? &*why_.card() : nullptr;
    const StepLog* read = logs_.find(why_.stepKey());
    if (read != nullptr && read->lines.empty()) aside.noOutput = read->problem;
    aside.pushes = pushesSinceGreen();
    PeekContent content = peekContent(detail(), aside);
    title_->setWhole(content.service);
    const bool unsure = held_ && !detail().row.finished();
    const Status seen = statusOf(content.state);
    state_->setState(unsure ? heldRun(seen) : seen, content.stateText);
    body_->setContent(std::move(content), held_);
    refreshButtons();
    emit contentChanged();
}

void RunPeek::refreshButtons() {
    const RunRow* row = parts_.runs.find(uid_);
    const QString none =
        uid_.isEmpty() ? QStringLiteral("no run is chosen") : QStringLiteral("the run is no longer in the cluster");
    for (Button* button : {openIcon_, open_, log_, rebuild_}) button->setRefusal(row == nullptr ? none : QString());
    if (row == nullptr) return;
    for (const DeskAction& action : parts_.actions.actionsFor(parts_.actions.targetOf(*row))) {
        if (action.id == QLatin1String("rebuild")) rebuild_->setRefusal(action.refusal);
    }
}

void RunPeek::tick(bool held) {
    const bool other = held != held_ || !detail().row.finished() || parts_.nowMs() / 60'000 != saidMs_ / 60'000;
    held_ = held;
    if (other && isVisible() && !uid_.isEmpty()) refresh();
}

void RunPeek::setBlind(const QString& why) {
    if (std::exchange(blind_, why) != why && !uid_.isEmpty()) refresh();
}

void RunPeek::refreshFailure(const QString& uid) {
    if (loaded() && uid == uid_) why_.askAgain();
}

}  // namespace cerebral::ui
