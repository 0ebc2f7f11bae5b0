#include <QApplication>

#include "tests/support/own_home.h"
#include "tests/support/test_main.h"

int main(int argc, char** argv) {
    const cerebral::test::OwnHome home;
    const QApplication app(argc, argv);
    return cerebral::test::runTests(argc, argv);
}
