#pragma once
/// @file DeskActions: everything one can do to a run or a push, for menus, keys and the palette alike.
///
/// What is refused stays in the list and names the missing right.

#include <QMenu>
#include <QObject>
#include <QStringList>
#include <functional>
#include <optional>
#include <vector>

#include "ui/bridge/run_actions.h"
#include "ui/models/app_link.h"
#include "ui/models/push_model.h"
#include "ui/models/run_set.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice.h"

namespace cerebral::ui {

struct Question;

/// What an action is done to.
struct ActionTarget {
    QStringList runs;  ///< uids
    QStringList services;
    QString branch;
    QString commit;
    QString repository;  ///< "owner/name"
    QString compareUrl;
    [[nodiscard]] bool empty() const { return runs.isEmpty() && services.isEmpty() && commit.isEmpty(); }
};

struct DeskAction {
    /// "rebuild", "cancel", "copy-sha", "copy-kubectl", "copy-logs", "copy-link", "open-commit", "delete"
    QString id;
    QString icon;
    QString text;
    QString keys;
    QString refusal;  ///< why it cannot be done now; empty: it can
    std::function<void()> run;
    /// What `run` would let one choose from, for those who ask in another way; done at once.
    struct Choice {
        QString text;
        std::function<void()> run;
    };
    std::vector<Choice> choices{};
};

class DeskActions : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Theme& theme;
        RunSet& runs;
        PushModel& pushes;
        RunActions& actions;
        QStringList services;  ///< of the configuration
        QString context;       ///< for copied commands
    };
    DeskActions(Parts parts, QWidget& window);

    /// For copied commands.
    void setContext(const QString& context) { parts_.context = context; }

    [[nodiscard]] ActionTarget targetOf(const RunRow& run) const;
    /// `service` empty: the whole push.
    [[nodiscard]] ActionTarget targetOf(const journey::Push& push, const QString& service) const;
    [[nodiscard]] ActionTarget targetOf(const std::vector<const RunRow*>& runs) const;

    [[nodiscard]] std::vector<DeskAction> actionsFor(const ActionTarget& target);
    /// False when there is no such action or it is refused; the notice then says why.
    bool perform(const QString& id, const ActionTarget& target);
    [[nodiscard]] QMenu* menuFor(const ActionTarget& target, QWidget* parent);
    [[nodiscard]] Notice& notice() noexcept { return *notice_; }
    void openRebuild(const ActionTarget& target);

private:
    void askCancel(const ActionTarget& target);
    [[nodiscard]] Question cancelQuestion(const ActionTarget& target) const;
    void cancelRuns(const ActionTarget& target, bool withFinally);
    void askDelete(const ActionTarget& target);
    [[nodiscard]] Question deleteQuestion(const ActionTarget& target) const;
    /// What it asks follows what happens to the runs meanwhile.
    void ask(std::function<Question()> question, std::function<void(int)> chosen);
    void deleteRuns(const ActionTarget& target);
    void copy(const QString& text, const QString& what);
    [[nodiscard]] std::vector<const RunRow*> rowsOf(const ActionTarget& target, bool unfinishedOnly) const;
    [[nodiscard]] QString kubectl(const QStringList& words, const std::string& ns) const;
    [[nodiscard]] QString commitUrl(const ActionTarget& target) const;
    [[nodiscard]] std::optional<AppLink> linkTo(const ActionTarget& target) const;
    [[nodiscard]] static QString nameOf(const std::vector<const RunRow*>& rows);
    [[nodiscard]] std::vector<RunRef> refsOf(const ActionTarget& target, bool unfinishedOnly) const;
    /// Says `done`, or how far it came and why no further.
    [[nodiscard]] RunActions::Finished reporter(const QString& done);
    void follow(const QString& doing, std::size_t all, std::stop_source stop);

    Parts parts_;
    QWidget& window_;
    Notice* notice_;
};

}  // namespace cerebral::ui
