#include <QApplication>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "tests/support/test_main.h"

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    // A home of its own for each program: settings and history are neither those of whoever runs the tests nor
    // those a test beside or before this one left behind.
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    const QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);  // below HOME, whatever XDG_* says
    return cerebral::test::runTests(argc, argv);
}
