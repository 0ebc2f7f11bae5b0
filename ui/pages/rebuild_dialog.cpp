#include "ui/pages/rebuild_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QUuid>

#include "ui/models/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/plan_view.h"
#include "ui/widgets/run_delegate.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kWidth = 752;
constexpr int kMostRows = 7;
constexpr int kLeastRows = 3;
constexpr double kRowHeight = 32;
/// Of a window, besides the rows of services.
constexpr double kAroundRows = 436;
constexpr int kMostReason = 300;
constexpr int kLateMs = 300;

QString newRequestId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

}  // namespace

RebuildDialog::RebuildDialog(const Parts& parts, const RebuildChoice& start, QWidget& window)
    : DeskDialog(parts.theme, QStringLiteral("Rebuild"), kWidth, window),
      window_(window),
      runs_(parts.runs),
      actions_(parts.actions),
      planner_(parts.runs, parts.pushes),
      requestId_(newRequestId()),
      wanted_(planner_.services(parts.configured)) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    columns->addWidget(makeLeft(start), 1);
    columns->addWidget(makeRight(start), 1);
    content().addLayout(columns);

    makeSameAs();
    makeFooter();
    connect(&runs_, &RunSet::changed, this, &RebuildDialog::refreshNotes);
    connect(&actions_, &RunActions::rightsChanged, this, &RebuildDialog::refresh);
    for (const QString& service : start.services) tick(service, true);
    refreshNotes();
    reason_->setFocus();
}

void RebuildDialog::makeSameAs() {
    sameAs_ = new QWidget(this);
    // Ticking a service moves nothing.
    QSizePolicy policy = sameAs_->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    sameAs_->setSizePolicy(policy);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    command_ = new ElidedLabel(this);
    command_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    followTheme(theme(), *command_, &Fonts::mono, &Colors::text2);
    auto* copy = new Button(theme(), QStringLiteral("copy"), {}, Button::Kind::Default, this);
    copy->setHint(QStringLiteral("Copy the command"));
    connect(copy, &QAbstractButton::clicked, this,
            [this] { QApplication::clipboard()->setText(rebuildCommand(planner_.order(choice(), requestId_))); });
    auto* card = new Card(theme(), Card::Ground::Inset, this);
    card->layout()->setContentsMargins(12, 0, 12, 0);
    keepHeight(theme(), card, 28);
    card->add(command_);
    row->addWidget(card, 1);
    row->addWidget(copy);
    auto* box = new QVBoxLayout(sameAs_);
    box->setContentsMargins(0, 0, 0, 16);
    box->setSpacing(4);
    box->addWidget(makeLabel(theme(), &Fonts::small, &Colors::text3, QStringLiteral("Same as"), this));
    box->addLayout(row);
    pinned().addWidget(sameAs_);
}

QWidget* RebuildDialog::makeLeft(const RebuildChoice& start) {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(makeLabel(theme(), &Fonts::small, &Colors::text3, QStringLiteral("Services"), left));
    services_ = new ServicePicker(theme(), wanted_, left);
    connect(services_, &ServicePicker::changed, this, &RebuildDialog::refresh);
    keepScaled(theme(), services_, [this] { fitServices(); });
    column->addWidget(services_);
    column->addWidget(makeSource(start));
    column->addStretch();
    return left;
}

/// Where the text is large, the list gives way: it has a filter and scrolls, what stands around it does not.
void RebuildDialog::fitServices() {
    const int fit = static_cast<int>((window_.height() / theme().fontScale() - kAroundRows) / kRowHeight);
    const int most = std::clamp(fit, kLeastRows, kMostRows);
    services_->setVisibleRows(std::clamp(static_cast<int>(wanted_.size()), kLeastRows, most));
}

bool RebuildDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &window_ && event->type() == QEvent::Resize) fitServices();
    return DeskDialog::eventFilter(watched, event);
}

QWidget* RebuildDialog::makeSource(const RebuildChoice& start) {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    column->addWidget(makeLabel(theme(), &Fonts::small, &Colors::text3, QStringLiteral("Source"), left));
    newest_ = new QRadioButton(QStringLiteral("Newest on the branch"), left);
    same_ = new QRadioButton(QStringLiteral("Same commit as last time, each its own"), left);
    commit_ = new QRadioButton(QStringLiteral("This commit"), left);
    branch_ = new QComboBox(left);
    branch_->setEditable(true);
    branch_->setInsertPolicy(QComboBox::NoInsert);
    branch_->setAccessibleName(QStringLiteral("Branch"));
    branch_->addItems(planner_.branches());
    branch_->setCurrentText(start.branch.isEmpty() ? QStringLiteral("main") : start.branch);
    sha_ = new IconField(theme(), QStringLiteral("commit"), QStringLiteral("The whole commit, 40 digits"), {}, left);
    sha_->setMono(true);
    sha_->setText(start.commit);
    // A field stands below the choice it belongs to, in line with its words; where text is large, and the dialog
    // wide, beside it.
    const auto choice = [&](QRadioButton* radio, QWidget* field) {
        auto* outer = new QBoxLayout(QBoxLayout::TopToBottom);
        auto* line = new QHBoxLayout;
        line->addWidget(field);
        outer->addWidget(radio);
        outer->addLayout(line, 1);
        keepScaled(theme(), field, [this, outer, line] {
            const bool beside = isLargeText(theme());
            outer->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
            outer->setSpacing(beside ? 12 : 4);
            line->setContentsMargins(beside ? 0 : theme().px(16) + 10, 0, 0, 0);
        });
        return outer;
    };
    auto* choices = new QVBoxLayout;
    choices->setSpacing(4);
    choices->addLayout(choice(newest_, branch_));
    choices->addWidget(same_);
    choices->addLayout(choice(commit_, sha_));
    column->addLayout(choices);
    (start.source == RebuildChoice::Source::Commit       ? commit_
     : start.source == RebuildChoice::Source::SameCommit ? same_
                                                         : newest_)
        ->setChecked(true);
    for (const QRadioButton* radio : {newest_, same_, commit_}) {
        connect(radio, &QRadioButton::toggled, this, &RebuildDialog::refresh);
    }
    connect(branch_, &QComboBox::currentTextChanged, this, &RebuildDialog::refreshNotes);
    connect(sha_, &QLineEdit::textChanged, this, [this] {
        if (!sha_->text().isEmpty()) commit_->setChecked(true);
        refresh();
    });
    return left;
}

QWidget* RebuildDialog::makeRight(const RebuildChoice& start) {
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    planTitle_ = makeLabel(theme(), &Fonts::small, &Colors::text3, QStringLiteral("What will run"), right);
    column->addWidget(planTitle_);
    plan_ = new PlanView(theme(), right);
    column->addWidget(plan_);
    auto* why = new QWidget(right);
    auto* line = new QVBoxLayout(why);
    line->setContentsMargins(0, 8, 0, 0);
    line->setSpacing(8);
    line->addWidget(makeLabel(theme(), &Fonts::small, &Colors::text3, QStringLiteral("Reason"), why));
    reason_ = new IconField(theme(), {}, QStringLiteral("Why, for the others"), {}, why);
    reason_->setFieldHeight(32);
    reason_->setMaxLength(kMostReason);
    reason_->setText(start.reason);
    connect(reason_, &QLineEdit::textChanged, this, &RebuildDialog::refresh);
    line->addWidget(reason_);
    column->addWidget(why);
    column->addStretch(1);
    return right;
}

void RebuildDialog::makeFooter() {
    state_ = makeLabel(theme(), &Fonts::small, &Colors::text2, {}, this);
    state_->setWordWrap(true);
    cancel_ = new Button(theme(), {}, QStringLiteral("Cancel"), Button::Kind::Default, this);
    send_ = new Button(theme(), QStringLiteral("rebuild"), QStringLiteral("Rebuild"), Button::Kind::Primary, this);
    send_->setHint(QStringLiteral("Ctrl+Enter"));
    footer().addWidget(state_, 1);
    footer().addWidget(cancel_);
    footer().addWidget(send_);
    setMain(send_);
    connect(cancel_, &QAbstractButton::clicked, this, &RebuildDialog::reject);
    second_.setInterval(1000);
    connect(&second_, &QTimer::timeout, this, &RebuildDialog::showProgress);
    connect(send_, &QAbstractButton::clicked, this, &RebuildDialog::send);
}

RebuildChoice RebuildDialog::choice() const {
    RebuildChoice choice;
    choice.services = services_->ticked();
    choice.branch = branch_->currentText().trimmed();
    choice.source = commit_->isChecked() ? RebuildChoice::Source::Commit
                    : same_->isChecked() ? RebuildChoice::Source::SameCommit
                                         : RebuildChoice::Source::NewestOnBranch;
    choice.commit = sha_->text().trimmed().toLower();
    choice.reason = reason_->text();
    return choice;
}

void RebuildDialog::tick(const QString& service, bool on) {
    services_->tick(service, on);
}

void RebuildDialog::refreshNotes() {
    const QString branch = branch_->currentText().trimmed();
    for (const QString& service : std::as_const(wanted_)) {
        services_->setNote(service, planner_.noteOf(service, branch));
    }
    const BasedServices based = planner_.based(wanted_);
    services_->setBased(based.services, based.image);
    refresh();
}

void RebuildDialog::refresh() {
    if (receipt_.httpStatus != 0) {
        std::vector<PlanLine> lines;
        bool waiting = receipt_.status == "queued";
        for (const rebuild::StartedRun& started : receipt_.runs) {
            PlanLine line;
            line.title = fromUtf8(started.name);
            line.isRun = true;
            const RunRow* run = runs_.findByName(line.title);
            if (run != nullptr && run->state != tekton::RunState::Pending) waiting = false;
            line.status = run != nullptr ? statusOf(run->state, false) : Status::Pending;
            line.right = run != nullptr ? stateWord(run->state) : fromUtf8(started.outcome);
            line.note = run != nullptr && !run->reason.isEmpty() ? run->reason : fromUtf8(started.outcome);
            lines.push_back(std::move(line));
        }
        planTitle_->setText(waiting ? QStringLiteral("Accepted, waiting for the cluster")
                                    : QStringLiteral("Started"));
        plan_->setLines(std::move(lines), QStringLiteral("Nothing was started"));
        return;
    }
    const RebuildChoice now = choice();
    std::vector<PlanLine> lines;
    for (const RebuildLine& line : planner_.lines(now)) {
        PlanLine shown;
        shown.title = line.service;
        if (line.medianMs) shown.right = QStringLiteral("~") + formatTicking(Millis(*line.medianMs));
        shown.from = line.from;
        shown.to = line.to;
        shown.note = line.note;
        shown.loud = !line.builds;
        lines.push_back(std::move(shown));
    }
    std::vector<PlanRemark> remarks;
    for (const QString& warning : planner_.warnings(now)) remarks.push_back({Status::Stuck, warning});
    plan_->setLines(std::move(lines), QStringLiteral("Tick a service: what would run stands here."),
                    std::move(remarks));
    const rebuild::Order order = planner_.order(now, requestId_);
    const QString command = rebuildCommand(order);
    command_->setWhole(command);
    const auto count = now.services.size();
    send_->setText(sending_     ? QStringLiteral("Sending")
                   : count == 0 ? QStringLiteral("Rebuild")
                   : count == 1 ? QStringLiteral("Rebuild 1 service")
                                : QStringLiteral("Rebuild %1 services").arg(count));
    send_->updateGeometry();
    const QString refusal = actions_.refusal(RunActions::Right::Rebuild);
    const QString problem = planner_.problem(now);
    sameAs_->setVisible(problem.isEmpty());
    send_->setRefusal(!refusal.isEmpty() ? refusal : sending_ ? QStringLiteral("Already sent") : problem);
    if (sending_ && since_.elapsed() >= kLateMs) return showProgress();
    state_->setText(!problem_.isEmpty()  ? problem_
                    : !refusal.isEmpty() ? QStringLiteral("You may not: ") + refusal
                    : !problem.isEmpty()
                        ? problem
                        : QStringLiteral("You may use rebuild-trigger in %1").arg(fromUtf8(actions_.receiver().ns)));
}

void RebuildDialog::send() {
    sending_ = true;
    problem_.clear();
    since_.start();
    refresh();
    QTimer::singleShot(kLateMs, this, &RebuildDialog::showProgress);
    second_.start();
    const QPointer<RebuildDialog> self(this);
    sent_ = actions_.rebuild(planner_.order(choice(), requestId_), [self](const Result<rebuild::Receipt>& result) {
        if (self) self->finish(result);
    });
}

void RebuildDialog::reject() {
    if (sending_) {
        sent_.request_stop();
    } else {
        DeskDialog::reject();
    }
}

void RebuildDialog::showProgress() {
    if (!sending_) return;
    cancel_->setText(QStringLiteral("Stop"));
    cancel_->updateGeometry();
    const qint64 seconds = since_.elapsed() / 1000;
    state_->setText(seconds < 1 ? QStringLiteral("Asking the receiver")
                                : QStringLiteral("Asking the receiver for %1 s").arg(seconds));
}

void RebuildDialog::finish(const Result<rebuild::Receipt>& result) {
    sending_ = false;
    second_.stop();
    if (!result) {
        // The id stays: the same order again builds nothing twice.
        problem_ = result.error().kind == ErrorKind::Cancelled
                       ? QStringLiteral("Stopped waiting. Sending it again builds nothing twice.")
                       : fromUtf8(result.error().message);
        cancel_->setText(QStringLiteral("Cancel"));
        cancel_->updateGeometry();
        refresh();
        return;
    }
    receipt_ = *result;
    // "rebuild requested: " and nothing, when nobody gave a reason.
    QString said = fromUtf8(receipt_.reason).trimmed();
    if (said.endsWith(QLatin1Char(':'))) said.chop(1);
    state_->setText(asSentence(said));
    send_->hide();
    cancel_->setText(QStringLiteral("Close"));
    cancel_->updateGeometry();
    cancel_->setFocus();
    for (QWidget* widget :
         {static_cast<QWidget*>(newest_), static_cast<QWidget*>(same_), static_cast<QWidget*>(commit_),
          static_cast<QWidget*>(branch_), static_cast<QWidget*>(sha_), static_cast<QWidget*>(reason_)}) {
        widget->setEnabled(false);
    }
    services_->setEnabled(false);
    // What nobody wrote is no longer asked for.
    for (IconField* field : {sha_, reason_}) field->setPlaceholderText({});
    refresh();
}

}  // namespace cerebral::ui
