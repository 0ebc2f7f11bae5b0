#include "ui/pages/run_events.h"

#include "ui/models/format.h"
#include "ui/models/nothing_here.h"
#include "ui/models/run_texts.h"

namespace cerebral::ui {

RunEvents::RunEvents(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      model_({{QStringLiteral("Time")},
              {QStringLiteral("Reason")},
              {QStringLiteral("Object"), true},
              {QStringLiteral("Message")}}),
      table_(new TextTable(theme, model_, {{130, 120}, {190, 180}, {380, 180, 1}, {400, 300, 2}}, this)),
      refused_(new EmptyState(theme, this)),
      stack_(new QStackedLayout(this)) {
    table_->setAccessibleName(QStringLiteral("Events"));
    table_->setWrapped(model_.columnCount() - 1);
    refused_->setFocusPolicy(Qt::StrongFocus);
    stack_->addWidget(table_);
    stack_->addWidget(refused_);
}

void RunEvents::setRun(const RunDetail& run) {
    model_.setRows(eventRows(run));
}

void RunEvents::clear() {
    model_.setRows({});
}

void RunEvents::setAccess(const QString& refusal, bool read, const QString& ns) {
    table_->setEmptyText(read ? QStringLiteral("The cluster keeps no events of this run any more")
                              : QStringLiteral("Events are not read yet"));
    if (refusal == refusal_) return;
    refusal_ = refusal;
    if (!refusal_.isEmpty()) {
        refused_->clearSteps();
        refused_->setTexts(QStringLiteral("No access to events"),
                           asSentence(plainRefusal(refusal_)) + QLatin1Char('.'));
        refused_->addCommand(QStringLiteral("Ask for the right to read them"),
                             QStringLiteral("A cluster administrator runs this."), grantCommand(refusal_, ns));
    }
    const bool focused = isAncestorOf(window()->focusWidget());
    stack_->setCurrentWidget(mainWidget());
    if (focused) mainWidget()->setFocus();
}

std::optional<int> RunEvents::count() const {
    // The cluster forgets events: whether none came or none is left nobody can tell.
    if (!refusal_.isEmpty() || model_.rowCount() == 0) return std::nullopt;
    return model_.rowCount();
}

QWidget* RunEvents::mainWidget() const {
    return refusal_.isEmpty() ? static_cast<QWidget*>(table_) : refused_;
}

}  // namespace cerebral::ui
