#pragma once
/// @file LocalDays: the calendar day of many times, in the zone of the desktop.
///
/// Asking the C library once a time makes it look each time whether the zone has changed: for ten
/// thousand rows that is ten thousand looks at a file.

#include <QtGlobal>
#include <map>

namespace cerebral::ui {

class LocalDays {
public:
    /// Julian day of a time in milliseconds since 1970.
    [[nodiscard]] qint64 julianDay(qint64 ms);
    /// To be called before each batch: the zone may be another one now.
    void forget() { days_.clear(); }

private:
    struct Day {
        qint64 endMs;
        qint64 julian;
    };
    std::map<qint64, Day> days_;  ///< by the millisecond a day begins
};

}  // namespace cerebral::ui
