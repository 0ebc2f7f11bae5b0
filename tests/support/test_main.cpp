#include "tests/support/test_main.h"

#include <QDir>
#include <QtTest/QtTest>
#include <cstdio>
#include <cstring>
#include <map>

namespace cerebral::test {
namespace {
std::map<std::string, std::function<std::unique_ptr<QObject>()>>& registry() {
    static std::map<std::string, std::function<std::unique_ptr<QObject>()>> all;
    return all;
}
}  // namespace

Registration::Registration(const char* name, std::function<std::unique_ptr<QObject>()> make) {
    registry().emplace(name, std::move(make));
}

int runTests(int argc, char** argv) {
    if (!QDir::setCurrent(CEREBRAL_SOURCE_DIR)) {
        std::fprintf(stderr, "the sources have left %s\n", CEREBRAL_SOURCE_DIR);
        return 2;
    }
    if (argc > 1 && std::strcmp(argv[1], "--list") == 0) {
        for (const auto& [name, make] : registry()) std::printf("%s\n", name.c_str());
        return 0;
    }
    if (argc > 1 && argv[1][0] != '-') {
        const auto it = registry().find(argv[1]);
        if (it == registry().end()) {
            std::fprintf(stderr, "no test class %s in this executable\n", argv[1]);
            return 2;
        }
        argv[1] = argv[0];
        auto test = it->second();
        return QTest::qExec(test.get(), argc - 1, argv + 1);
    }
    int failed = 0;
    for (const auto& [name, make] : registry()) {
        auto test = make();
        failed += QTest::qExec(test.get(), argc, argv);
    }
    return failed;
}

}  // namespace cerebral::test
