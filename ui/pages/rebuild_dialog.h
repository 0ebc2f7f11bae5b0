#pragma once
/// @file RebuildDialog: which services, from what commit, what will run; after sending, what became of it.

#include <QButtonGroup>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QRadioButton>
#include <QTimer>
#include <stop_token>

#include "ui/bridge/run_actions.h"
#include "ui/models/rebuild_plan.h"
#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_field.h"
#include "ui/widgets/service_picker.h"

namespace cerebral::ui {

class PlanView;

class RebuildDialog : public DeskDialog {
    Q_OBJECT
public:
    struct Parts {
        const Theme& theme;
        RunSet& runs;
        PushModel& pushes;
        RunActions& actions;
        QStringList configured;  ///< services of the configuration
    };
    RebuildDialog(const Parts& parts, const RebuildChoice& start, QWidget& window);

    [[nodiscard]] RebuildChoice choice() const;
    void tick(const QString& service, bool on);
    [[nodiscard]] Button& sendButton() noexcept { return *send_; }
    /// What the receiver answered; none yet: httpStatus 0.
    [[nodiscard]] const rebuild::Receipt& receipt() const noexcept { return receipt_; }
    [[nodiscard]] QString problem() const { return problem_; }
    /// What stands in the footer: progress, what is missing, the receiver's words.
    [[nodiscard]] QString stateText() const { return state_->text(); }
    /// Closes the dialog; while the order is on its way, gives up waiting for the answer.
    [[nodiscard]] Button& cancelButton() noexcept { return *cancel_; }

public slots:
    /// While the order is on its way: gives up waiting for the answer.
    void reject() override;

signals:
    void runOpened(const QString& uid);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeLeft(const RebuildChoice& start);
    QWidget* makeSource(const RebuildChoice& start);
    QWidget* makeRight(const RebuildChoice& start);
    void fitServices();
    void makeSameAs();
    void makeFooter();
    void refresh();
    void refreshNotes();
    void send();
    void showProgress();
    void finish(const Result<rebuild::Receipt>& result);

    QWidget& window_;
    RunSet& runs_;
    RunActions& actions_;
    RebuildPlanner planner_;
    QString requestId_;
    bool sending_ = false;
    std::stop_source sent_;
    QElapsedTimer since_;
    QTimer second_;
    rebuild::Receipt receipt_;
    QString problem_;
    QStringList wanted_;

    ServicePicker* services_;
    QRadioButton* newest_;
    QRadioButton* same_;
    QRadioButton* commit_;
    QComboBox* branch_;
    IconField* sha_;
    IconField* reason_;
    PlanView* plan_;
    QLabel* planTitle_;
    QWidget* sameAs_ = nullptr;  ///< the command that would do it; hidden while nothing can be done
    ElidedLabel* command_;
    QLabel* state_;
    Button* cancel_;
    Button* send_;
};

}  // namespace cerebral::ui
