#include "ui/pages/pushes_page.h"

#include <QDateTime>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/models/commit_answer.h"
#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/models/rebuild_plan.h"
#include "ui/pages/desk_actions.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/strip_outline.h"

namespace cerebral::ui {

using journey::PushState;

namespace {

constexpr QLatin1String kRuns("pipelineruns");
constexpr double kHead = 56;
constexpr int kSettleMs = 300;

/// "48 today · since 16 Nov: 1 under way, 20 failed": counts every push the list has, as its chips do, and says of
/// how many days it speaks.
QString countsOf(const PushModel& pushes, const ConnectionSummary& connection) {
    const WallTime now = fromMillis(pushes.nowMs());
    const QDate today = QDateTime::fromMSecsSinceEpoch(pushes.nowMs()).date();
    const qint64 begin = today.startOfDay().toMSecsSinceEpoch();
    const qint64 end = today.addDays(1).startOfDay().toMSecsSinceEpoch();
    qint64 oldest = begin;
    int fresh = 0;
    pushes.forEachState([&](const journey::Push& push, PushState) {
        const qint64 at = toMillis(push.begunAt);
        oldest = std::min(oldest, at);
        fresh += at >= begin && at < end ? 1 : 0;
    });
    QString text = QStringLiteral("%1 today").arg(fresh);
    if (connection.stale()) {
        // What was under way may be over by now: only when this was seen is certain.
        return QStringLiteral("As of %1, %2").arg(formatClockSeconds(fromMillis(connection.seenMs)), text);
    }
    QStringList parts;
    for (const auto& [state, word] : {std::pair(PushState::Underway, "under way"),
                                      std::pair(PushState::Failed, "failed"), std::pair(PushState::Stuck, "stuck")}) {
        const int count = pushes.count(state);
        if (count > 0) parts << QStringLiteral("%1 %2").arg(count).arg(QString::fromLatin1(word));
    }
    if (parts.isEmpty()) return text;
    if (oldest < begin) {
        text += QStringLiteral(" · since %1").arg(formatClockOrDay(fromMillis(oldest), now));
    }
    return text + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

}  // namespace

PushesPage::PushesPage(const Parts& parts, QWidget* parent)
    : Page(parent), theme_(parts.theme), pushes_(parts.pushes), cluster_(parts.cluster), settings_(parts.settings) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    head_ = new QHBoxLayout;
    head_->setContentsMargins(24, 0, 24, 0);
    head_->setSpacing(12);
    auto* title = makeLabel(theme_, &Fonts::pageTitle, &Colors::text1, QStringLiteral("Pushes"), this);
    keepHeight(theme_, title, kHead);
    summary_ = new ElidedLabel(this);
    followTheme(theme_, *summary_, &Fonts::small, &Colors::text3);
    // The filters come first: it has what they leave.
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    summary_->setContentsMargins(0, 2, 0, 0);
    filters_ = new PushFilterBar(theme_, pushes_, parts.settings, this);
    head_->addWidget(title);
    head_->addWidget(filters_, 1);
    column->addLayout(head_);
    below_ = new QHBoxLayout;
    column->addLayout(below_);
    keepScaled(theme_, this, [this] { arrangeHead(); });

    auto* boxRow = new QHBoxLayout;
    boxRow->setContentsMargins(24, 0, 24, 16);
    box_ = new CommitBox(theme_, this);
    boxRow->addWidget(box_);
    column->addLayout(boxRow);

    auto* body = new QWidget(this);
    stack_ = new QStackedLayout(body);
    view_ = new PushView(theme_, pushes_, body);
    empty_ = new EmptyState(theme_, body);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    column->addWidget(body, 1);
    skeleton_ = new SkeletonRows(
        theme_, [this] { return pushSkeleton(view_->places(), theme_); }, view_->viewport());

    connect(&counts_, &QTimer::timeout, this, [this] {
        refreshCounts();
        ask();
    });
    connect(&pushes_, &PushModel::countsChanged, this, [this] {
        // What an answer says of newer pushes is as new as their rows.
        refreshAnswer();
        counts_.call();
    });
    connect(filters_, &PushFilterBar::filterChanged, this, [this] {
        pushes_.setFilter(filters_->filter());
        refreshCounts();
    });
    connect(box_, &CommitBox::asked, this, [this] {
        answers_.clear();
        marked_ = false;
        ask();
    });
    connect(box_, &CommitBox::pushWanted, this, &PushesPage::showPush);
    connect(&parts.bridge, &ClusterBridge::commitAnswered, this, &PushesPage::takeAnswer);
    connect(view_, &PushView::opened, this, &PushesPage::openRow);
    connect(view_, &PushView::stageOpened, this, &PushesPage::openStage);
    connect(view_, &PushView::contextMenuWanted, this, &PushesPage::contextMenuWanted);
    connect(view_, &PushView::pushWanted, this, &PushesPage::showPush);
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMs);
    connect(&settle_, &QTimer::timeout, this, &PushesPage::refreshState);
    connect(&theme_, &Theme::changed, this, [this] {
        refreshAnswer();
        update();
    });
    refreshCounts();
}

/// The counts are the first thing one looks for: where text is large they have a line of their own.
void PushesPage::arrangeHead() {
    const bool large = isLargeText(theme_);
    head_->removeWidget(summary_);
    below_->removeWidget(summary_);
    below_->setContentsMargins(24, 0, 24, large ? kBelowCounts : 0);
    summary_->setMinimumHeight(large ? theme_.px(kCountsLine) : 0);
    summary_->setMaximumHeight(large ? theme_.px(kCountsLine) : QWIDGETSIZE_MAX);
    large ? below_->addWidget(summary_) : head_->insertWidget(1, summary_, 1);
    head_->setStretchFactor(filters_, large ? 1 : 0);
}

void PushesPage::setSearch(const QString& text) {
    filters_->setWords(text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

void PushesPage::ask() {
    if (!box_->commit().isEmpty()) cluster_.askCommit(box_->commit().toStdString());
}

void PushesPage::takeAnswer(const std::string& commit, const std::vector<journey::Answer>& answers) {
    if (commit != box_->commit().toStdString()) return;
    answers_ = answers;
    refreshAnswer();
    if (!std::exchange(marked_, true) && !answers_.empty()) view_->mark(answers_.front().pushKey);
}

void PushesPage::refreshAnswer() {
    if (answers_.empty()) return;
    box_->setAnswer(commitAnswer(answers_, pushes_));
    // Its row says the same second.
    view_->tick();
}

void PushesPage::tick() {
    view_->tick();
    refreshAnswer();
}

void PushesPage::showPush(const QString& key) {
    const std::string wanted = key.toStdString();
    if (!pushes_.indexOf(wanted).isValid()) filters_->clear();
    view_->makeCurrent(wanted);
    view_->setFocus();
}

void PushesPage::focusCommit() {
    box_->show();
    box_->field().setFocus();
    box_->field().selectAll();
}

const journey::ServiceJourney* PushesPage::journeyOf(const journey::Push& push, const QString& service) {
    if (push.services.empty()) return nullptr;
    if (service.isEmpty() && push.isFanOut()) {
        const QModelIndex row = pushes_.indexOf(push.key);
        view_->setExpanded(row, !view_->isExpanded(row));
        return nullptr;
    }
    return service.isEmpty() ? &push.services.front() : push.find(service.toStdString());
}

void PushesPage::openRow(const QString& key, const QString& service) {
    const journey::PushPtr push = pushes_.pushFor(key.toStdString());
    const journey::ServiceJourney* journey = push ? journeyOf(*push, service) : nullptr;
    if (journey != nullptr) emit runOpened(fromUtf8(journey->runUid));
}

void PushesPage::openStage(const QString& key, const QString& service, journey::Stage stage) {
    const journey::PushPtr push = pushes_.pushFor(key.toStdString());
    const journey::ServiceJourney* journey = push ? journeyOf(*push, service) : nullptr;
    if (journey != nullptr) emit stageOpened(fromUtf8(journey->runUid), stage);
}

ActionTarget PushesPage::target(const DeskActions& actions) const {
    const journey::PushPtr push = view_->currentPush();
    return push ? actions.targetOf(*push, view_->currentService()) : ActionTarget{};
}

void PushesPage::refreshCounts() {
    filters_->refreshCounts();
    if (connection_.state != ConnectionSummary::State::Live && pushes_.total() == 0) {
        // Not known is not none.
        summary_->setWhole(wordsForNothing(connection_.state, QStringLiteral("pushes")));
    } else if (filters_->filter().active()) {
        summary_->setWhole(QStringLiteral("%1 of %2 pushes").arg(pushes_.rowCount()).arg(pushes_.total()));
    } else {
        summary_->setWhole(countsOf(pushes_, connection_));
    }
    refreshState();
}

void PushesPage::setConnection(const ConnectionSummary& summary) {
    const bool other = summary.state != connection_.state || summary.stale() != connection_.stale() ||
                       summary.seenMs != connection_.seenMs;
    if (connection_.state == ConnectionSummary::State::Loading && summary.state == ConnectionSummary::State::Live)
        settle_.start();
    connection_ = summary;
    pushes_.setHeld(summary.stale(), summary.seenMs);
    filters_->setHeld(summary.stale());
    QString hindered;
    if (summary.state == ConnectionSummary::State::Loading) {
        hindered = QStringLiteral("Answers as soon as the cluster has been read.");
    } else if (summary.refuses(kRuns)) {
        hindered = QStringLiteral("Cannot answer: %1.").arg(plainRefusal(summary.why));
    } else if (!summary.everRead) {
        hindered = QStringLiteral("Cannot answer: nothing of the cluster has been read yet.");
    }
    box_->setHindrance(hindered);
    if (other) refreshAnswer();
    other ? refreshCounts() : refreshState();
}

void PushesPage::setWidthClass(bool normal, bool narrow) {
    view_->setWidthClass(narrow ? WidthClass::Narrow : normal ? WidthClass::Normal : WidthClass::Wide);
}

bool PushesPage::filled() const {
    return pushes_.rowCount() > 0 || connection_.state != ConnectionSummary::State::Loading;
}

void PushesPage::keepSkeleton() {
    skeleton_->hurry();
}

bool PushesPage::closeNearest() {
    if (!box_->field().text().isEmpty()) {
        box_->field().clear();
        return true;
    }
    if (filters_->filter().active()) {
        filters_->clear();
        return true;
    }
    return false;
}

void PushesPage::refreshState() {
    const bool nothing = pushes_.rowCount() == 0;
    const bool loading = connection_.state == ConnectionSummary::State::Loading || settle_.isActive();
    if (!nothing) settle_.stop();
    showTools(!nothing || loading || connection_.state != ConnectionSummary::State::Live || pushes_.total() > 0);
    if (nothing && loading && !filters_->filter().active()) {
        bringUp(*stack_, *view_);
        skeleton_->begin();
        return;
    }
    skeleton_->end();
    if (nothing) showEmpty();
    bringUp(*stack_, nothing ? static_cast<QWidget&>(*empty_) : *view_);
}

void PushesPage::showEmpty() {
    const bool refused = connection_.refuses(kRuns);
    const bool filtered = filters_->filter().active() && pushes_.total() > 0;
    const bool lost = connection_.state == ConnectionSummary::State::Reconnecting ||
                      connection_.state == ConnectionSummary::State::Disconnected;
    const QString kind = filtered          ? noMatch({}, filters_->filter().words)
                         : refused || lost ? connection_.why
                                           : QStringLiteral("empty");
    const QString about = kind + QLatin1Char(' ') + cluster_.namespaces().value(0);
    if (about == emptyFor_) return;
    emptyFor_ = about;
    empty_->clearSteps();
    empty_->setPicture(nullptr);
    const QString ns = cluster_.namespaces().value(0);
    if (filtered) {
        empty_->setTexts(noMatch(QStringLiteral("push"), filters_->filter().words), {});
        connect(empty_->addAction(QStringLiteral("x"), QStringLiteral("Clear filters")), &QAbstractButton::clicked,
                filters_, &PushFilterBar::clear);
    } else if (refused) {
        empty_->setTexts(
            QStringLiteral("No access to runs"),
            QStringLiteral("Pushes are read from them. %1.").arg(asSentence(plainRefusal(connection_.why))));
        empty_->setToolTip(connection_.why.toHtmlEscaped());
        empty_->addCommand(QStringLiteral("Ask for the right to read them"),
                           QStringLiteral("A cluster administrator runs this."), grantCommand(connection_.why, ns));
    } else if (lost) {
        // Nothing was ever read: that there is nothing would be a guess.
        empty_->setTexts(QStringLiteral("The cluster does not answer"), nothingRead());
        empty_->setRaw(connection_.why);
    } else {
        showNoPushes();
    }
}

void PushesPage::showNoPushes() {
    empty_->setPicture(new StripOutline(theme_));
    empty_->setTexts(QStringLiteral("No pushes yet"),
                     QStringLiteral("Every push to GitHub becomes a row here and fills its strip until the new pods "
                                    "are live. %1 is connected; there is no run of a push in %2.")
                         .arg(cluster_.context(), cluster_.namespaces().value(0)));
    empty_->addCommand(
        QStringLiteral("Push a commit"),
        QStringLiteral("An empty one whose message starts with “rebuild:” builds every service on a base image."),
        QStringLiteral("git commit --allow-empty -m \"rebuild: first run\" && git push"));
    const QString url = settings_.receiverUrl();
    empty_->addCommand(QStringLiteral("Send a signed test delivery"),
                       url.isEmpty() ? QStringLiteral("Goes the whole way without GitHub. RECEIVER is where the "
                                                      "webhook points to; the file holds its secret.")
                                     : QStringLiteral("Goes the whole way without GitHub. The file holds the "
                                                      "webhook's secret."),
                       QStringLiteral("cerebralctl send push.json --url %1 --secret-file secret")
                           .arg(url.isEmpty() ? QStringLiteral("\"$RECEIVER\"") : shellQuoted(url)));
}

void PushesPage::showTools(bool shown) {
    const auto bare = [this] { return filters_->isHidden() && box_->isHidden(); };
    const bool before = bare();
    filters_->setVisible(shown);
    summary_->setVisible(shown);
    // Whoever is asking goes on asking.
    box_->setVisible(shown || !box_->field().text().isEmpty() || box_->field().hasFocus());
    if (bare() != before) update();
}

void PushesPage::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgCanvas);
    if (filters_->isHidden() && box_->isHidden())
        drawBottomLine(p, QRect(0, 0, width(), theme_.px(kHead)), theme_.colors().lineDefault);
}

}  // namespace cerebral::ui
