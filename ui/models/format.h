#pragma once
/// @file How times, ages and names are written, everywhere the same.

#include <QString>
#include <chrono>
#include <optional>

#include "core/base/clock.h"

namespace cerebral::ui {

using Millis = std::chrono::milliseconds;

/// In sentences: under 1 s "41 ms", under 1 min "18 s", under 1 h "2:13", else "1 h 04". Nothing at all is "<1 s":
/// the cluster counts in whole seconds.
[[nodiscard]] QString formatDuration(Millis duration);
/// In columns and where it ticks: "0:44", "2:13", "1 h 04".
[[nodiscard]] QString formatTicking(Millis duration);
/// "now", "2 min", "3 h", "12 d".
[[nodiscard]] QString formatAge(Millis age);
/// Age of the newest proof: "0.4 s", "42 s", "3 min".
[[nodiscard]] QString formatProofAge(Millis age);
/// Local clock: "12:41"; from yesterday on "22 Nov 12:41".
[[nodiscard]] QString formatClock(WallTime time, WallTime now);
/// Where there is room for five letters only: "12:41", from yesterday on "22 Nov".
[[nodiscard]] QString formatClockOrDay(WallTime time, WallTime now);
/// "12:41:05".
[[nodiscard]] QString formatClockSeconds(WallTime time);
/// Of something that may be long ago: "12:41:05", from yesterday on "22 Nov 12:41:05".
[[nodiscard]] QString formatClockSeconds(WallTime time, WallTime now);
/// "Mon 23 Nov 2026, 12:41:05 CET": for tips and screen readers.
[[nodiscard]] QString formatAbsolute(WallTime time);
/// "Today, 23 Nov", "Yesterday, 22 Nov", "Fri, 20 Nov", with the year when it is another one.
[[nodiscard]] QString formatDay(WallTime day, WallTime now);

[[nodiscard]] qint64 toMillis(WallTime time);
[[nodiscard]] WallTime fromMillis(qint64 ms);
/// UTF-8 of the core; invalid sequences become replacement characters. Control characters other than
/// tab are shown as spaces: text from outside never moves the cursor.
[[nodiscard]] QString fromUtf8(std::string_view text);
/// "an image cannot be pulled" as it begins a sentence.
[[nodiscard]] QString asSentence(QString text);
/// "9eb2fbc" of "sha256:9eb2fbc4…".
[[nodiscard]] QString shortDigest(std::string_view digest);
/// First seven digits, or all of a shorter text.
[[nodiscard]] QString shortSha(const QString& sha);

}  // namespace cerebral::ui
