#include "core/base/boxed.h"

#include <QtTest/QtTest>
#include <string>

#include "tests/support/test_main.h"

using namespace cerebral;

class BoxedTest : public QObject {
    Q_OBJECT
private slots:
    void isEmptyUntilSet() {
        Boxed<std::string> box;
        QVERIFY(!box);
        QVERIFY(!box.has_value());
        box = std::string("here");
        QVERIFY(box.has_value());
        QCOMPARE(*box, std::string("here"));
        QCOMPARE(box->size(), std::size_t{4});
        box.reset();
        QVERIFY(!box);
    }

    void copiesByValue() {
        Boxed<std::string> first(std::string("one"));
        Boxed<std::string> second = first;
        *second = "two";
        QCOMPARE(*first, std::string("one"));
        first = second;
        *second = "three";
        QCOMPARE(*first, std::string("two"));
        first = *&first;
        QCOMPARE(*first, std::string("two"));
    }

    void comparesByValue() {
        const Boxed<int> none;
        QVERIFY(none == Boxed<int>());
        QVERIFY(!(none == Boxed<int>(0)));
        QVERIFY(Boxed<int>(3) == Boxed<int>(3));
        QVERIFY(!(Boxed<int>(3) == Boxed<int>(4)));
    }

    void takesWhatAnOptionalHolds() {
        QVERIFY(!Boxed<int>(std::optional<int>()));
        QVERIFY(!Boxed<int>(std::nullopt));
        QCOMPARE(*Boxed<int>(std::optional<int>(7)), 7);
    }
};

CEREBRAL_TEST(BoxedTest)
#include "boxed_test.moc"
