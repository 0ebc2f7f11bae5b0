#include "ui/widgets/flow_layout.h"

#include <algorithm>
#include <memory>

namespace cerebral::ui {

FlowLayout::~FlowLayout() {
    while (QLayoutItem* item = takeAt(0)) delete item;  // as every QLayout does
}

void FlowLayout::addItem(QLayoutItem* item) {
    items_.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item != nullptr) items_.erase(items_.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const {
    return flow(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const {
    const QMargins margins = contentsMargins();
    QSize all(margins.left() + margins.right(), 0);
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        all.rwidth() += item->sizeHint().width() + spacing();
        all.setHeight(std::max(all.height(), item->sizeHint().height()));
    }
    all.rwidth() -= items_.empty() ? 0 : spacing();
    return {all.width(), all.height() + margins.top() + margins.bottom()};
}

QSize FlowLayout::minimumSize() const {
    const QMargins margins = contentsMargins();
    QSize least;
    for (const QLayoutItem* item : items_) {
        if (!item->isEmpty()) least = least.expandedTo(item->minimumSize());
    }
    return least + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    const int spare = std::max(0, rect.height() - flow(rect, false));
    flow(rect.adjusted(0, spare / 2, 0, 0), true);
}

int FlowLayout::flow(const QRect& rect, bool apply) const {
    const QMargins margins = contentsMargins();
    const QRect room = rect.marginsRemoved(margins);
    std::vector<QLayoutItem*> line;
    int used = 0;
    int height = 0;
    int y = room.top();
    const auto endLine = [&] {
        int x = right_ ? room.right() + 1 - used : room.left();
        for (QLayoutItem* item : line) {
            const QSize size = item->sizeHint();
            // What may grow, at the end of a line, takes the rest of it.
            const bool grows = item == line.back() && (item->expandingDirections() & Qt::Horizontal) != 0;
            const int width = grows ? std::min(item->maximumSize().width(), room.right() + 1 - x)
                                    : std::min(size.width(), room.width());
            if (grows) x = room.right() + 1 - width;
            if (apply) item->setGeometry(QRect(x, y + (height - size.height()) / 2, width, size.height()));
            x += width + spacing();
        }
        y += height;
        line.clear();
        used = height = 0;
    };
    for (QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        const bool grows = (item->expandingDirections() & Qt::Horizontal) != 0;
        const int width = grows ? item->minimumSize().width() : item->sizeHint().width();
        const int wanted = line.empty() ? width : used + spacing() + width;
        if (!line.empty() && wanted > room.width()) {
            endLine();
            y += spacing();
            used = width;
        } else {
            used = wanted;
        }
        line.push_back(item);
        height = std::max(height, item->sizeHint().height());
    }
    if (!line.empty()) endLine();
    return y - room.top() + margins.top() + margins.bottom();
}

}  // namespace cerebral::ui
