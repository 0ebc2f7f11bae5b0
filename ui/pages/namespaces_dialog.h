#pragma once
/// @file NamespacesDialog: where the runs and where the platform's Deployments are.

#include <QComboBox>
#include <QLabel>
#include <functional>

#include "core/base/result.h"
#include "ui/widgets/desk_dialog.h"

namespace cerebral::ui {

class NamespacesDialog : public DeskDialog {
    Q_OBJECT
public:
    using Switch = std::function<Result<void>(const QString& pipelines, const QString& platform)>;

    /// `now`: of the pipelines, then of the platform. `known`: offered, others may be typed.
    NamespacesDialog(const Theme& theme, const QStringList& now, const QStringList& known, Switch change,
                     QWidget& window);

    [[nodiscard]] QComboBox& pipelines() noexcept { return *pipelines_; }
    [[nodiscard]] QComboBox& platform() noexcept { return *platform_; }
    [[nodiscard]] Button& switchButton() noexcept { return *go_; }

private:
    QComboBox* addField(const QString& name, const QString& note, const QString& now, const QStringList& known);
    void refresh();
    void go();

    Switch change_;
    QComboBox* pipelines_ = nullptr;
    QComboBox* platform_ = nullptr;
    QLabel* state_ = nullptr;
    Button* go_ = nullptr;
};

}  // namespace cerebral::ui
