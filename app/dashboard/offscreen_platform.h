#pragma once
/// @file OffscreenPlatform: what Qt paints on where there is no display, for a tour of screenshots.
///
/// Construct it before QApplication and keep it as long: Qt reads the screen's size from its file. On a machine with
/// a display, and for a window that people look at, it changes nothing.

#include <QTemporaryFile>

#include "app/dashboard/options.h"

namespace cerebral::dashboard {

class OffscreenPlatform {
public:
    explicit OffscreenPlatform(const Options& options);

private:
    QTemporaryFile screen_;
};

}  // namespace cerebral::dashboard
