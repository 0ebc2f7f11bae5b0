#include <QApplication>
#include <QStandardPaths>

#include "tests/support/test_main.h"

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);  // no test writes into the history of whoever runs it
    return cerebral::test::runTests(argc, argv);
}
