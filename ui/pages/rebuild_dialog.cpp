#include "ui/pages/rebuild_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollArea>
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
constexpr int kMostReason = 300;
constexpr int kLateMs = 300;

QString newRequestId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

}  // namespace

RebuildDialog::RebuildDialog(const Parts& parts, const RebuildChoice& start, QWidget& window)
    : DeskDialog(parts.theme, QStringLiteral("Rebuild"), kWidth, window),
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
    auto* card = new Card(theme(), Card::Ground::Raised, left);
    auto* area = new QScrollArea(card);
    area->setFocusPolicy(Qt::NoFocus);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* list = new QWidget(area);
    auto* rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const QString& service : wanted_) {
        auto* row = new CheckRow(theme(), service, list);
        rows->addWidget(row);
        row->setLast(service == wanted_.constLast());
        services_.push_back(row);
        connect(row, &QAbstractButton::toggled, this, &RebuildDialog::refresh);
    }
    rows->addStretch();
    area->setWidget(list);
    keepHeight(theme(), area, 32.0 * std::clamp(static_cast<int>(services_.size()), 3, kMostRows));
    card->add(area);
    column->addWidget(card);

    left_ = column;
    source_ = makeSource(start);
    column->addStretch();
    return left;
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
    // A field stands below the choice it belongs to, in line with its words.
    const auto below = [&](QWidget* field) {
        auto* line = new QHBoxLayout;
        keepScaled(theme(), field, [this, line] { line->setContentsMargins(theme().px(16) + 10, 0, 0, 0); });
        line->addWidget(field);
        return line;
    };
    auto* choices = new QVBoxLayout;
    choices->setSpacing(4);
    choices->addWidget(newest_);
    choices->addLayout(below(branch_));
    choices->addWidget(same_);
    choices->addWidget(commit_);
    choices->addLayout(below(sha_));
    column->addLayout(choices);
    (start.source == RebuildChoice::Source::Commit       ? commit_
     : start.source == RebuildChoice::Source::SameCommit ? same_
                                                         : newest_)
        ->setChecked(true);
    for (const QRadioButton* radio : {newest_, same_, commit_}) {
        connect(radio, &QRadioButton::toggled, this, &RebuildDialog::refresh);
    }
    connect(branch_, &QComboBox::currentTextChanged, this, &RebuildDialog::refresh);
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
    auto* why = new QWidget(this);
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
    column->addStretch(1);
    // Large text leaves no room for the source below the services: the two change sides.
    keepScaled(theme(), source_, [this, column, why] {
        const bool large = isLargeText(theme());
        QVBoxLayout* const below = large ? column : left_;
        QVBoxLayout* const beside = large ? left_ : column;
        if (below->indexOf(source_) >= 0 && beside->indexOf(why) >= 0) return;
        below->insertWidget(below->count() - 1, source_);
        beside->insertWidget(beside->count() - 1, why);
    });
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
    for (const CheckRow* row : services_) {
        if (row->isChecked()) choice.services << row->text();
    }
    choice.branch = branch_->currentText().trimmed();
    choice.source = commit_->isChecked() ? RebuildChoice::Source::Commit
                    : same_->isChecked() ? RebuildChoice::Source::SameCommit
                                         : RebuildChoice::Source::NewestOnBranch;
    choice.commit = sha_->text().trimmed().toLower();
    choice.reason = reason_->text();
    return choice;
}

void RebuildDialog::tick(const QString& service, bool on) {
    for (CheckRow* row : services_) {
        if (row->text() == service) row->setChecked(on);
    }
}

void RebuildDialog::refreshNotes() {
    for (CheckRow* row : services_) {
        const ServiceNote note = planner_.noteOf(row->text());
        row->setNote(note.text, note.loud);
    }
    refresh();
}

void RebuildDialog::refresh() {
    if (receipt_.httpStatus != 0) {
        std::vector<PlanLine> lines;
        for (const rebuild::StartedRun& started : receipt_.runs) {
            PlanLine line;
            line.title = fromUtf8(started.name);
            const RunRow* run = runs_.findByName(line.title);
            line.status = run != nullptr ? statusOf(run->state, false) : Status::Pending;
            line.right = run != nullptr ? stateWord(run->state) : fromUtf8(started.outcome);
            line.note = run != nullptr && !run->reason.isEmpty() ? run->reason : fromUtf8(started.outcome);
            lines.push_back(std::move(line));
        }
        plan_->setLines(std::move(lines), QStringLiteral("Nothing was started"));
        return;
    }
    const RebuildChoice now = choice();
    std::vector<PlanLine> lines;
    for (const RebuildLine& line : planner_.lines(now)) {
        lines.push_back({{},
                         line.service,
                         line.medianMs ? QStringLiteral("~") + formatTicking(Millis(*line.medianMs)) : QString(),
                         line.from,
                         line.to,
                         line.note,
                         !line.builds});
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
    planTitle_->setText(receipt_.status == "queued" ? QStringLiteral("Accepted, waiting for the cluster")
                                                    : QStringLiteral("Started"));
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
    for (CheckRow* row : services_) row->setEnabled(false);
    refresh();
}

}  // namespace cerebral::ui
