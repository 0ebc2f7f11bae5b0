#include "ui/models/push_filter.h"

#include <algorithm>

#include "ui/models/format.h"

namespace cerebral::ui {

using journey::PushState;

bool PushFilter::active() const {
    return !mine.isEmpty() || needsSomeone || !branch.isEmpty() || !service.isEmpty() || !words.isEmpty();
}

bool PushFilter::accepts(const journey::Push& push) const {
    return (!needsSomeone || isForSomeone(push.state())) && acceptsBesidesState(push);
}

bool PushFilter::isForSomeone(PushState state) const {
    return state == PushState::Failed || (state == PushState::Stuck && !held);
}

bool PushFilter::acceptsBesidesState(const journey::Push& push) const {
    if (!mine.isEmpty() && std::none_of(mine.begin(), mine.end(), [&](const QString& handle) {
            return handle.compare(fromUtf8(push.author), Qt::CaseInsensitive) == 0 ||
                   handle.compare(fromUtf8(push.pusher), Qt::CaseInsensitive) == 0;
        })) {
        return false;
    }
    if (!branch.isEmpty() && fromUtf8(push.branch) != branch) return false;
    if (!service.isEmpty() && push.find(service.toStdString()) == nullptr) return false;
    if (words.isEmpty()) return true;
    QString hay = QStringList{fromUtf8(push.message), fromUtf8(push.author), fromUtf8(push.pusher),
                              fromUtf8(push.branch), fromUtf8(push.commit)}
                      .join(QLatin1Char('\n'));
    for (const auto& journey : push.services)
        hay += QLatin1Char('\n') + fromUtf8(journey.service) + QLatin1Char('\n') + fromUtf8(journey.run.name());
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return hay.contains(word, Qt::CaseInsensitive); });
}

}  // namespace cerebral::ui
