#pragma once
/// @file QuitSignals: Ctrl+C and SIGTERM end the program as closing its window does, so that nothing stays
/// behind: no receiver, no port, no temporary folder.
///
/// Construct it before any thread begins: the signals are blocked in all of them and read as a file.

#include <QObject>

#include "core/base/descriptor.h"

namespace cerebral::dashboard {

class QuitSignals : public QObject {
    Q_OBJECT
public:
    QuitSignals();
    /// Quits the application when one of them comes; call when there is one.
    void watch();

private:
    Descriptor signals_;
};

}  // namespace cerebral::dashboard
