#pragma once
/// @file TourStages: windows in the states a healthy demonstration never shows, for pictures.
///
/// Each is a real window with a session of its own: on a server that does not answer (loading) or cannot be reached
/// (lost), on namespaces in which there is nothing (empty) or which the account may not read (forbidden), and on the
/// demonstration behind a line that has been cut (stale). GUI thread.

#include <QObject>
#include <memory>
#include <vector>

#include "app/dashboard/cut_line.h"
#include "core/kube/kubeconfig.h"
#include "ui/models/settings.h"
#include "ui/pages/tour_scenes.h"
#include "ui/theme/theme.h"

namespace cerebral::dashboard {

class TourStages : public QObject {
    Q_OBJECT
public:
    struct Parts {
        ui::Theme& theme;
        Clock& clock;
        ui::Settings& settings;
        const kube::Kubeconfig& kubeconfig;  ///< of the demonstration
        quint16 apiPort;
        std::string pipelines, platform;  ///< namespaces
    };
    explicit TourStages(const Parts& parts);
    ~TourStages() override;

    /// Once the demonstration has something to show: cuts the line of the stale window.
    [[nodiscard]] std::vector<ui::TourScene> scenes();

private:
    class Stage;
    enum : std::size_t { Loading, Empty, Forbidden, Stale, Lost };
    [[nodiscard]] ui::TourScene staleRun();
    [[nodiscard]] std::unique_ptr<Stage> make(const std::string& context, const std::string& suffix,
                                              quint16 port) const;

    Parts parts_;
    CutLine silent_{0};
    CutLine line_;
    std::vector<std::unique_ptr<Stage>> stages_;  ///< by the numbers above
};

}  // namespace cerebral::dashboard
