#pragma once
/// @file One executable, many Qt Test classes; each class is a ctest entry of its own.
///
/// In a .cpp: a QObject class with private slots, then `CEREBRAL_TEST(ClassName)`, then
/// `#include "file.moc"`. The executable runs the class named by its first argument, or all, in the folder
/// of the sources: CEREBRAL_TEST_DATA and CEREBRAL_BIN_DIR are relative to it.

#include <QObject>
#include <functional>
#include <memory>
#include <string>

namespace cerebral::test {

struct Registration {
    Registration(const char* name, std::function<std::unique_ptr<QObject>()> make);
};

int runTests(int argc, char** argv);

}  // namespace cerebral::test

#define CEREBRAL_TEST(Class)                                                 \
    static const ::cerebral::test::Registration registration_##Class(#Class, \
                                                                     [] { return std::make_unique<Class>(); });
