#include "ui/models/local_days.h"

#include <QDateTime>
#include <iterator>

namespace cerebral::ui {

qint64 LocalDays::julianDay(qint64 ms) {
    if (const auto after = days_.upper_bound(ms); after != days_.begin()) {
        const Day& day = std::prev(after)->second;
        if (ms < day.endMs) return day.julian;
    }
    const QDate date = QDateTime::fromMSecsSinceEpoch(ms).date();
    const qint64 begin = date.startOfDay().toMSecsSinceEpoch();
    const qint64 end = date.addDays(1).startOfDay().toMSecsSinceEpoch();
    days_.insert_or_assign(begin, Day{end, date.toJulianDay()});
    return date.toJulianDay();
}

}  // namespace cerebral::ui
