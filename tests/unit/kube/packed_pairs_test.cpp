#include "core/kube/packed_pairs.h"

#include <QtTest/QtTest>
#include <map>
#include <random>
#include <string>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::PackedPairs;

namespace {

std::string text(const PackedPairs& pairs) {
    std::string all;
    for (const auto& [name, value] : pairs) all.append(name).append("=").append(value).append(";");
    return all;
}

}  // namespace

class PackedPairsTest : public QObject {
    Q_OBJECT
private slots:
    void keepsOrderAndEveryName() {
        const PackedPairs pairs{
            {"tekton.dev/pipeline", "p"}, {"b", "2"}, {"", "nameless"}, {"empty", ""}, {"app", "x"}};
        QCOMPARE(text(pairs), std::string("tekton.dev/pipeline=p;b=2;=nameless;empty=;app=x;"));
        QCOMPARE(pairs.size(), std::size_t{5});
        QCOMPARE(std::string(pairs.get("app")), std::string("x"));
        QCOMPARE(std::string(pairs.get("")), std::string("nameless"));
        QVERIFY(pairs.find("empty").has_value());
        QVERIFY(!pairs.find("tekton.dev/pipelineRun").has_value());
        QVERIFY(!pairs.find("absent").has_value());
    }

    void anEmptyOneHasNothing() {
        const PackedPairs none;
        QVERIFY(none.empty() && none.begin() == none.end() && none.size() == 0);
        QVERIFY(!none.find("app") && none.get("app").empty());
        const PackedPairs copy = none;
        QVERIFY(copy.empty());
    }

    void copiesAreTheirOwn() {
        PackedPairs one{{"app", "x"}};
        const PackedPairs copy = one;
        one.set("app", "y");
        QCOMPARE(text(copy), std::string("app=x;"));
        PackedPairs moved = std::move(one);
        QCOMPARE(text(moved), std::string("app=y;"));
        moved = copy;
        moved.erase("app");
        QVERIFY(moved.empty());
    }

    void behavesAsAMapWould() {
        std::mt19937 random(7);
        const std::string names[] = {"app", "branch", "commit", "x", "", "cerebral.baerautotech.com/ref", "a\0b"};
        PackedPairs pairs;
        std::map<std::string, std::string> map;
        for (int i = 0; i < 2000; ++i) {
            const std::string& name = names[random() % std::size(names)];
            if (random() % 3 == 0) {
                pairs.erase(name);
                map.erase(name);
            } else {
                const std::string value(random() % 300, static_cast<char>('a' + random() % 26));
                pairs.set(name, value);
                map[name] = value;
            }
            QCOMPARE(pairs.size(), map.size());
            for (const auto& [key, value] : map) QCOMPARE(std::string(pairs.get(key)), value);
        }
    }
};

CEREBRAL_TEST(PackedPairsTest)
#include "packed_pairs_test.moc"
