#include "ui/models/push_model.h"

#include <algorithm>
#include <iterator>

#include "ui/models/format.h"
#include "ui/models/push_text.h"

namespace cerebral::ui {

using journey::Push;
using journey::PushPtr;
using journey::PushState;

namespace {

bool newer(const Push& a, const Push& b) {
    return a.begunAt != b.begunAt ? a.begunAt > b.begunAt : a.key < b.key;
}

int servicesBelow(const Push& push) {
    return push.isFanOut() ? static_cast<int>(push.services.size()) : 0;
}

}  // namespace

PushModel::PushModel(const Clock& clock, QObject* parent) : QAbstractItemModel(parent), clock_(clock) {}
PushModel::~PushModel() = default;

qint64 PushModel::nowMs() const {
    return toMillis(clock_.now());
}

void PushModel::remember(const PushPtr& push) {
    const PushState state = push->state();
    ++counts_[static_cast<std::size_t>(state)];
    auto node = all_.extract(push->key);
    if (node.empty()) {
        all_.emplace(push->key, Known{push, state});
        return;
    }
    --counts_[static_cast<std::size_t>(node.mapped().state)];
    // The key lies in the push: both change places together.
    node.key() = push->key;
    node.mapped().push = push;
    node.mapped().state = state;
    all_.insert(std::move(node));
}

void PushModel::forget(std::string_view key) {
    const auto it = all_.find(key);
    if (it == all_.end()) return;
    --counts_[static_cast<std::size_t>(it->second.state)];
    all_.erase(it);
}

int PushModel::rowOf(const Row& row) const {
    const auto at =
        std::lower_bound(rows_.begin(), rows_.end(), row.push,
                         [](const auto& held, const PushPtr& other) { return newer(*held->push, *other); });
    return static_cast<int>(at - rows_.begin());
}

const PushModel::Row* PushModel::shownAs(std::string_view key) const {
    const auto it = all_.find(key);
    return it == all_.end() ? nullptr : it->second.row;
}

int PushModel::find(std::string_view key) const {
    const Row* row = shownAs(key);
    return row == nullptr ? -1 : rowOf(*row);
}

void PushModel::show(std::vector<PushPtr> pushes) {
    std::sort(pushes.begin(), pushes.end(), [](const PushPtr& a, const PushPtr& b) { return newer(*a, *b); });
    // From the oldest, so that positions found earlier stay true; what lands in one gap is one span.
    auto end = pushes.end();
    while (end != pushes.begin()) {
        const auto at =
            std::lower_bound(rows_.begin(), rows_.end(), *std::prev(end),
                             [](const auto& row, const PushPtr& other) { return newer(*row->push, *other); });
        auto begin = std::prev(end);
        while (begin != pushes.begin() &&
               (at == rows_.begin() || newer(*(*std::prev(at))->push, **std::prev(begin)))) {
            --begin;
        }
        std::vector<std::unique_ptr<Row>> fresh;
        for (auto push = begin; push != end; ++push) {
            fresh.push_back(std::make_unique<Row>(Row{*push, servicesBelow(**push)}));
        }
        const int first = static_cast<int>(at - rows_.begin());
        beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        for (const auto& row : fresh) all_.at(row->push->key).row = row.get();
        rows_.insert(at, std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        endInsertRows();
        end = begin;
    }
}

void PushModel::hide(int row) {
    beginRemoveRows({}, row, row);
    all_.at(rows_[static_cast<std::size_t>(row)]->push->key).row = nullptr;
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
}

void PushModel::update(int row, const PushPtr& push) {
    Row& held = *rows_[static_cast<std::size_t>(row)];
    if (held.push->begunAt != push->begunAt) {
        hide(row);
        show({push});
        return;
    }
    const int wanted = servicesBelow(*push);
    const QModelIndex parent = index(row, 0);
    if (wanted > held.services) {
        beginInsertRows(parent, held.services, wanted - 1);
        held.push = push;
        held.services = wanted;
        endInsertRows();
    } else if (wanted < held.services) {
        beginRemoveRows(parent, wanted, held.services - 1);
        held.push = push;
        held.services = wanted;
        endRemoveRows();
    }
    held.push = push;
    emit dataChanged(parent, parent);
    if (wanted > 0) emit dataChanged(index(0, 0, parent), index(wanted - 1, 0, parent));
}

void PushModel::announce(const Push& push) {
    const PushState state = push.state();
    if (!push.isFanOut() || (state != PushState::Failed && state != PushState::Stuck)) return;
    if (shownAs(push.key) == nullptr || !announced_.insert(push.key).second) return;
    emit needsAttention(indexOf(push.key));
}

void PushModel::apply(const journey::PushChanges& changes) {
    for (const std::string& key : changes.removed) {
        if (const int row = find(key); row >= 0) hide(row);
        forget(key);
    }
    for (const PushPtr& push : changes.changed) {
        for (const auto& service : push->services) medians_.learn(service);
    }
    std::vector<PushPtr> fresh;
    for (const PushPtr& push : changes.changed) {
        remember(push);
        for (const auto& service : push->services) medians_.keepScale(service);
        const int row = find(push->key);
        const bool accepted = filter_.accepts(*push);
        if (row >= 0 && accepted) {
            update(row, push);
        } else if (row >= 0) {
            hide(row);
        } else if (accepted) {
            fresh.push_back(push);
        }
    }
    show(std::move(fresh));
    for (const PushPtr& push : changes.changed) announce(*push);
    emit countsChanged();
}

void PushModel::clear() {
    beginResetModel();
    all_.clear();
    counts_.fill(0);
    rows_.clear();
    announced_.clear();
    medians_ = StageMedians{};
    endResetModel();
    emit countsChanged();
}

void PushModel::setFilter(const PushFilter& filter) {
    filter_ = filter;
    for (int row = static_cast<int>(rows_.size()) - 1; row >= 0; --row) {
        if (!filter_.accepts(*rows_[static_cast<std::size_t>(row)]->push)) hide(row);
    }
    std::vector<PushPtr> fresh;
    for (const auto& [key, known] : all_) {
        if (known.row == nullptr && filter_.accepts(*known.push)) fresh.push_back(known.push);
    }
    show(std::move(fresh));
    emit countsChanged();
}

void PushModel::setHeld(bool held, qint64 sinceMs) {
    if (held == held_ && sinceMs == heldSinceMs_) return;
    held_ = held;
    heldSinceMs_ = sinceMs;
    if (!rows_.empty()) emit dataChanged(index(0, 0), index(static_cast<int>(rows_.size()) - 1, 0));
}

PushPtr PushModel::pushAt(const QModelIndex& index) const {
    if (!index.isValid()) return nullptr;
    const auto* parent = static_cast<const Row*>(index.internalPointer());
    if (parent != nullptr) return parent->push;
    return rows_[static_cast<std::size_t>(index.row())]->push;
}

const journey::ServiceJourney* PushModel::serviceAt(const QModelIndex& index) const {
    if (!index.isValid() || index.internalPointer() == nullptr) return nullptr;
    const auto* parent = static_cast<const Row*>(index.internalPointer());
    const auto at = static_cast<std::size_t>(index.row());
    return at < parent->push->services.size() ? &parent->push->services[at] : nullptr;
}

PushPtr PushModel::pushFor(const std::string& key) const {
    const auto it = all_.find(key);
    return it == all_.end() ? nullptr : it->second.push;
}

QModelIndex PushModel::indexOf(const std::string& key) const {
    const int row = find(key);
    return row < 0 ? QModelIndex() : index(row, 0);
}

QModelIndex PushModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    if (!parent.isValid()) return createIndex(row, column, nullptr);
    return createIndex(row, column, rows_[static_cast<std::size_t>(parent.row())].get());
}

QModelIndex PushModel::parent(const QModelIndex& child) const {
    if (!child.isValid() || child.internalPointer() == nullptr) return {};
    return createIndex(rowOf(*static_cast<const Row*>(child.internalPointer())), 0, nullptr);
}

int PushModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) return static_cast<int>(rows_.size());
    if (parent.internalPointer() != nullptr || parent.column() != 0) return 0;
    return rows_[static_cast<std::size_t>(parent.row())]->services;
}

int PushModel::columnCount(const QModelIndex&) const {
    return 1;
}

Qt::ItemFlags PushModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

QVariant PushModel::data(const QModelIndex& index, int role) const {
    const PushPtr push = pushAt(index);
    if (!push) return {};
    const auto* service = serviceAt(index);
    if (role == Qt::DisplayRole) return service != nullptr ? fromUtf8(service->service) : pushTitle(*push);
    if (role == Qt::AccessibleTextRole) return service != nullptr ? spoken(*service) : spoken(*push);
    return {};
}

}  // namespace cerebral::ui
