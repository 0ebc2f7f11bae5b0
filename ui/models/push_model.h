#pragma once
/// @file PushModel: pushes newest first, and below a fan-out push its services. Rows are keyed by the
/// push's key; nothing resets but `clear`.

#include <QAbstractItemModel>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/journey/push_book.h"
#include "ui/models/push_filter.h"
#include "ui/models/stage_medians.h"

namespace cerebral::ui {

class PushModel : public QAbstractItemModel {
    Q_OBJECT
public:
    explicit PushModel(const Clock& clock, QObject* parent = nullptr);
    ~PushModel() override;

    void apply(const journey::PushChanges& changes);
    void clear();
    void setFilter(const PushFilter& filter);
    [[nodiscard]] const PushFilter& filter() const noexcept { return filter_; }
    /// `sinceMs`: when the last of it was seen.
    void setHeld(bool held, qint64 sinceMs = 0);
    [[nodiscard]] bool held() const noexcept { return held_; }
    [[nodiscard]] qint64 heldSinceMs() const noexcept { return heldSinceMs_; }

    /// The push of a row, also for the row of one of its services. Null for an invalid index.
    [[nodiscard]] journey::PushPtr pushAt(const QModelIndex& index) const;
    /// The service of a child row; null for a push.
    [[nodiscard]] const journey::ServiceJourney* serviceAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const std::string& key) const;
    /// Whether shown or not; null when there is none.
    [[nodiscard]] journey::PushPtr pushFor(const std::string& key) const;
    [[nodiscard]] const StageMedians& medians() const noexcept { return medians_; }
    [[nodiscard]] qint64 nowMs() const;
    [[nodiscard]] int total() const noexcept { return static_cast<int>(all_.size()); }
    [[nodiscard]] int count(journey::PushState state) const noexcept {
        return counts_[static_cast<std::size_t>(state)];
    }
    /// Of all pushes, whether shown or not.
    template <class Visit>
    void forEach(Visit visit) const {
        for (const auto& [key, known] : all_) visit(*known.push);
    }
    /// As `forEach`, with the state, which takes a while to find out.
    template <class Visit>
    void forEachState(Visit visit) const {
        for (const auto& [key, known] : all_) visit(*known.push, known.state);
    }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// Something red or stuck came up inside: a fan-out opens by itself, once.
    void needsAttention(const QModelIndex& push);
    void countsChanged();

private:
    struct Row {
        journey::PushPtr push;
        int services = 0;  ///< child rows announced
    };
    struct Known {
        journey::PushPtr push;
        journey::PushState state = journey::PushState::Unknown;
        const Row* row = nullptr;  ///< null: not shown
    };
    void remember(const journey::PushPtr& push);
    void forget(std::string_view key);
    [[nodiscard]] const Row* shownAs(std::string_view key) const;
    /// -1: not shown.
    [[nodiscard]] int find(std::string_view key) const;
    [[nodiscard]] int rowOf(const Row& row) const;
    void show(std::vector<journey::PushPtr> pushes);
    void hide(int row);
    void update(int row, const journey::PushPtr& push);
    void announce(const journey::Push& push);

    const Clock& clock_;
    std::map<std::string_view, Known> all_;   ///< by the key in the push itself: keys are long
    std::array<int, 10> counts_{};            ///< of `all_`, by state
    std::vector<std::unique_ptr<Row>> rows_;  ///< newest first
    std::set<std::string> announced_;
    StageMedians medians_;
    PushFilter filter_;
    bool held_ = false;
    qint64 heldSinceMs_ = 0;
};

}  // namespace cerebral::ui
