#pragma once
/// @file RunLogArea: the steps of a run and the log of the chosen one.

#include <QSplitter>
#include <QWidget>
#include <optional>

#include "ui/models/run_logs.h"
#include "ui/widgets/log_panel.h"
#include "ui/widgets/step_tree.h"

namespace cerebral::ui {

class RunLogArea : public QWidget {
    Q_OBJECT
public:
    RunLogArea(const Theme& theme, RunServices& services, QWidget* parent = nullptr);

    void setRun(const QString& uid);
    void update(const RunDetail& run);
    /// Why steps cannot be seen at all, in the server's words; empty: they can.
    void setBlind(const QString& refusal);
    /// "account NAME may not list taskruns"
    [[nodiscard]] const QString& blind() const noexcept { return blind_; }
    /// Shows this step's log from now on.
    void choose(const QString& key);
    [[nodiscard]] QString chosen() const noexcept { return key_; }
    /// Shows what is kept of the log of a step that cannot be seen here, unless somebody has chosen another.
    void openKept(const QString& task, const QString& step);
    /// The failed step's first error, 0-based in its log.
    void setError(const QString& key, std::optional<std::size_t> line);
    [[nodiscard]] RunLogs& logs() noexcept { return logs_; }
    [[nodiscard]] LogPanel& panel() noexcept { return *panel_; }
    [[nodiscard]] StepTree& tree() noexcept { return *tree_; }
    /// Scrolls to the first error, unless somebody has chosen another step.
    void showError();
    /// Of the two titles alone.
    [[nodiscard]] int headHeight() const;
    /// In which a line and those that led to it are seen.
    [[nodiscard]] int leastHeight() const;
    /// Of the steps as it was dragged, at 100 %; 0: it never was.
    [[nodiscard]] double treeWidth() const noexcept { return dragged_ ? treeWidth_ : 0; }
    void setTreeWidth(double width);
    /// What was chosen is on screen.
    [[nodiscard]] bool filled() const;

signals:
    /// A person chose this step.
    void stepChosen(const QString& key);
    /// This step's log is shown from now on.
    void stepShown(const QString& key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void show(const QString& key);
    void fitTree();
    void attach();
    void refreshNote();
    void refreshRefusal();
    void noteLines(const QString& key);
    /// The key of its row in the tree.
    [[nodiscard]] QString rowOf(const QString& key) const;
    void markError();
    [[nodiscard]] QString focusKey() const;
    [[nodiscard]] QString emptyWords(const StepDetail* step, const StepLog* log) const;

    const Theme& theme_;
    RunLogs logs_;
    QSplitter* splitter_;
    StepTree* tree_;
    LogPanel* panel_;
    QWidget* side_;
    RunDetail run_;
    QString key_;
    QString keptKey_;       ///< of a step that only the history knows
    double treeWidth_ = 0;  ///< at 100 %, as it was given or dragged
    bool dragged_ = false;
    bool byHand_ = false;  ///< somebody chose: the running step is not followed
    QString refusal_;
    QString blind_;
    QString errorKey_;
    std::optional<std::size_t> errorLine_;
};

}  // namespace cerebral::ui
