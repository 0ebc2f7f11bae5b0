#include "ui/pages/pushes_page.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/models/commit_answer.h"
#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/pages/desk_actions.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/push_places.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {

using journey::PushState;

namespace {

constexpr QLatin1String kRuns("pipelineruns");

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
        const WallTime seen = fromMillis(pushes.nowMs() - connection.ageMs);
        return QStringLiteral("As of %1: %2").arg(formatClockSeconds(seen), text);
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
    : Page(parent), theme_(parts.theme), pushes_(parts.pushes), cluster_(parts.cluster) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(24, 0, 24, 0);
    head->setSpacing(12);
    auto* title = makeLabel(theme_, &Fonts::pageTitle, &Colors::text1, QStringLiteral("Pushes"), this);
    keepHeight(theme_, title, 56);
    summary_ = new ElidedLabel(this);
    followTheme(theme_, *summary_, &Fonts::small, &Colors::text3);
    // The filters come first: it has what they leave.
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    summary_->setContentsMargins(0, 2, 0, 0);
    filters_ = new PushFilterBar(theme_, pushes_, parts.settings, this);
    head->addWidget(title);
    head->addWidget(summary_, 1);
    head->addWidget(filters_);
    column->addLayout(head);

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
    connect(&pushes_, &PushModel::countsChanged, this, [this] { counts_.call(); });
    connect(filters_, &PushFilterBar::filterChanged, this, [this] {
        pushes_.setFilter(filters_->filter());
        refreshCounts();
    });
    connect(box_, &CommitBox::asked, this, [this] {
        answers_.clear();
        ask();
    });
    connect(box_, &CommitBox::pushWanted, this, &PushesPage::showPush);
    connect(&parts.bridge, &ClusterBridge::commitAnswered, this, &PushesPage::takeAnswer);
    connect(view_, &PushView::opened, this, &PushesPage::openRow);
    connect(view_, &PushView::stageOpened, this, &PushesPage::openStage);
    connect(view_, &PushView::contextMenuWanted, this, &PushesPage::contextMenuWanted);
    connect(&theme_, &Theme::changed, this, [this] { update(); });
    refreshCounts();
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
    box_->setAnswer(commitAnswer(answers_, pushes_));
}

void PushesPage::tick() {
    view_->tick();
    if (!answers_.empty()) box_->setAnswer(commitAnswer(answers_, pushes_));
}

void PushesPage::showPush(const QString& key) {
    const std::string wanted = key.toStdString();
    if (!pushes_.indexOf(wanted).isValid()) filters_->clear();
    view_->makeCurrent(wanted);
    view_->setFocus();
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
    const bool other = summary.state != connection_.state || summary.stale() != connection_.stale();
    connection_ = summary;
    pushes_.setHeld(summary.stale(), pushes_.nowMs() - summary.ageMs);
    QString hindered;
    if (summary.state == ConnectionSummary::State::Loading) {
        hindered = QStringLiteral("Answers as soon as the cluster has been read.");
    } else if (summary.refuses(kRuns)) {
        hindered = QStringLiteral("Cannot answer: %1.").arg(plainRefusal(summary.why));
    }
    box_->setHindrance(hindered);
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
    const bool loading = connection_.state == ConnectionSummary::State::Loading;
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
        empty_->setTexts(
            QStringLiteral("The cluster does not answer"),
            QStringLiteral("What is in it is not known yet. It is asked again and again. ") + connection_.why);
    } else {
        empty_->setTexts(
            QStringLiteral("No pushes yet"),
            QStringLiteral("Every push to GitHub becomes a row here, with its way from the webhook into the pods: "
                           "received, cloned, built, in the registry, rolled out, live."));
        empty_->addCommand(
            QStringLiteral("Push a commit"),
            QStringLiteral("An empty one whose message starts with rebuild: builds every service on a base image."),
            QStringLiteral("git commit --allow-empty -m \"rebuild: first run\" && git push"));
        empty_->addCommand(
            QStringLiteral("Send a signed test delivery"),
            QStringLiteral("Goes the whole way without GitHub. Needs the webhook secret in a file."),
            QStringLiteral("cerebralctl send push.json --url https://webhook.dev.cerebral.baerautotech.com/ "
                           "--secret-file secret"));
    }
}

void PushesPage::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.fillRect(rect(), theme_.colors().bgCanvas);
}

}  // namespace cerebral::ui
