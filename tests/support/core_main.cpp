#include <QCoreApplication>

#include "tests/support/test_main.h"

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    return cerebral::test::runTests(argc, argv);
}
