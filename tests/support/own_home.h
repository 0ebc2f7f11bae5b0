#pragma once
/// @file OwnHome: settings and history of a program that shows windows without a display are its own: neither those
/// of whoever runs it nor those that a program beside or before it left behind.

#include <QStandardPaths>
#include <QTemporaryDir>

namespace cerebral::test {

/// Construct before the application.
class OwnHome {
public:
    OwnHome() {
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("HOME", folder_.path().toUtf8());
        QStandardPaths::setTestModeEnabled(true);  // below HOME, whatever XDG_* says
    }

private:
    QTemporaryDir folder_;
};

}  // namespace cerebral::test
