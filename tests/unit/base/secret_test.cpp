#include "core/base/secret.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <QtTest/QtTest>
#include <memory>
#include <new>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class SecretTest : public QObject {
    Q_OBJECT
private slots:
    void copiesAndMoves() {
        Secret first(std::string("hunter2"));
        Secret copy(first);
        QCOMPARE(copy.reveal(), std::string_view("hunter2"));
        const Secret moved(std::move(first));
        QCOMPARE(moved.reveal(), std::string_view("hunter2"));
        QVERIFY(first.empty());  // NOLINT(bugprone-use-after-move): emptiness after a move is the promise
        const Secret& same = copy;
        copy = same;
        QCOMPARE(copy.reveal(), std::string_view("hunter2"));
        copy = Secret(std::string("other"));
        QCOMPARE(copy.reveal(), std::string_view("other"));
    }

    void replacedBytesAreGone() {
        // A short value lies inside the object, so its memory can be looked at after destruction.
        alignas(Secret) unsigned char room[sizeof(Secret)];
        auto* placed = new (room) Secret(std::string("topsecret"));
        const auto holds = [&] {
            return std::string_view(reinterpret_cast<const char*>(room), sizeof room).find("topsecret") !=
                   std::string_view::npos;
        };
        QVERIFY(holds());
        const Secret taken(std::move(*placed));
        QVERIFY(!holds());
        *placed = taken;
        QVERIFY(holds());
        std::destroy_at(placed);
        QVERIFY(!holds());
    }

    void coreDumpsAreForbidden() {
        forbidCoreDumps();
        QCOMPARE(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
        rlimit limit{};
        QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t{0});
    }
};

CEREBRAL_TEST(SecretTest)
#include "secret_test.moc"
