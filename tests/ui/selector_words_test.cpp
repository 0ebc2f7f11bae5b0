#include <QAbstractItemView>
#include <QScrollBar>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/selector_words.h"
#include "ui/pages/selector_completer.h"

using namespace cerebral;
using namespace cerebral::ui;

class SelectorWordsTest : public QObject {
    Q_OBJECT

    test::WindowFixture f_;

private slots:
    void keysAndValues_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("from");
        QTest::newRow("a key") << "tri" << QStringList{"trigger"} << 0;
        QTest::newRow("a second key") << "trigger=push,ser" << QStringList{"service"} << 13;
        QTest::newRow("a key that must be missing") << "!comm" << QStringList{"commit"} << 1;
        QTest::newRow("values") << "trigger=" << QStringList{"push", "rebuild"} << 8;
        QTest::newRow("a value") << "trigger != re" << QStringList{"rebuild"} << 11;
        QTest::newRow("of the whole key") << "cerebral.baerautotech.com/trigger==p" << QStringList{"push"} << 35;
        QTest::newRow("in a set") << "trigger in (pu" << QStringList{"push"} << 12;
        QTest::newRow("the second of a set") << "trigger in (push, r" << QStringList{"rebuild"} << 18;
        QTest::newRow("what is there already") << "trigger=push" << QStringList{} << 8;
        QTest::newRow("of nobody") << "unheard=x" << QStringList{} << 8;
        QTest::newRow("after a set") << "trigger in (push) " << QStringList{} << 0;
    }
    void keysAndValues() {
        QFETCH(QString, text);
        QFETCH(QStringList, words);
        QFETCH(int, from);
        const SelectorOffer offer = selectorOffer(text, f_.runs);
        QCOMPARE(offer.words, words);
        QCOMPARE(offer.from, from);
    }

    void ownKeysComeFirst() {
        const QStringList words = selectorOffer({}, f_.runs).words;
        QVERIFY(words.size() >= 3);
        QVERIFY2(!words.front().contains(QLatin1Char('/')), qPrintable(words.front()));
    }

    void aChosenWordGoesWhereItWasTyped() {
        f_.window->bringUp(&f_.window->runsPage());
        f_.window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_.window.get()));
        IconField& field = f_.window->runsPage().filters().selector();
        field.setFocus();
        QTest::keyClicks(&field, QStringLiteral("trig"));
        auto* completer = field.findChild<SelectorCompleter*>();
        QVERIFY(completer);
        QCOMPARE(completer->words(), QStringList{QStringLiteral("trigger")});
        QVERIFY(completer->popup()->isVisible());
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QCOMPARE(field.text(), QStringLiteral("trigger"));
        QTest::keyClicks(&field, QStringLiteral("=r"));
        QTest::keyClick(completer->popup(), Qt::Key_Down);
        QTest::keyClick(completer->popup(), Qt::Key_Return);
        QCOMPARE(field.text(), QStringLiteral("trigger=rebuild"));
        QVERIFY(f_.window->runsPage().filters().filter().active());
    }

    void behindAKeyItsValuesAreOffered_data() {
        QTest::addColumn<bool>("typed");
        QTest::newRow("typed") << true;
        QTest::newRow("put in") << false;
    }
    void behindAKeyItsValuesAreOffered() {
        QFETCH(bool, typed);
        f_.window->bringUp(&f_.window->runsPage());
        f_.window->show();
        QVERIFY(QTest::qWaitForWindowActive(f_.window.get()));
        IconField& field = f_.window->runsPage().filters().selector();
        field.clear();
        const QString text = QStringLiteral("trigger=");
        if (typed) {
            field.setFocus();
            QTest::keyClicks(&field, text);
        } else {
            f_.window->runsPage().table().setFocus();
            field.insert(text);
            emit field.textEdited(field.text());
        }
        auto* completer = field.findChild<SelectorCompleter*>();
        const QStringList values{QStringLiteral("push"), QStringLiteral("rebuild")};
        QCOMPARE(completer->words(), values);
        // All of them, in a whole frame.
        auto* list = qobject_cast<QAbstractItemView*>(completer->popup());
        QVERIFY(list->isVisible());
        QCOMPARE(list->verticalScrollBar()->maximum(), 0);
        QVERIFY(list->viewport()->geometry().right() < list->width() - 1);
        QVERIFY(list->viewport()->rect().contains(list->visualRect(list->model()->index(1, 0))));
        list->hide();
    }
};

CEREBRAL_TEST(SelectorWordsTest)
#include "selector_words_test.moc"
