#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest/QtTest>
#include <algorithm>
#include <numeric>
#include <random>

#include "tests/support/test_main.h"
#include "tests/ui/storm_seed.h"
#include "ui/models/text_table_model.h"

using namespace cerebral;
using namespace cerebral::ui;

class TextTableModelTest : public QObject {
    Q_OBJECT

    static TextRow row(int key, int value) {
        TextRow made;
        made.key = QString::number(key);
        made.cells = {made.key, QString::number(value)};
        return made;
    }

private slots:
    void changesRowByRowUnderAStorm() {
        TextTableModel model({{QStringLiteral("Key")}, {QStringLiteral("Value"), true, true}});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        std::mt19937 random(test::stormSeed());
        for (int round = 0; round < 400; ++round) {
            std::vector<int> keys(20);
            std::iota(keys.begin(), keys.end(), 0);
            std::shuffle(keys.begin(), keys.end(), random);
            keys.resize(random() % 20);
            std::vector<TextRow> rows;
            for (const int key : keys) rows.push_back(row(key, static_cast<int>(random() % 3)));
            model.setRows(rows);
            QCOMPARE(model.rows(), rows);
        }
        QCOMPARE(resets.count(), 0);
    }

    void aRowThatStaysKeepsItsIndex() {
        TextTableModel model({{QStringLiteral("Key")}, {QStringLiteral("Value")}});
        model.setRows({row(1, 1), row(2, 2), row(3, 3)});
        const QPersistentModelIndex third = model.index(2, 0);
        model.setRows({row(3, 4), row(2, 2)});
        QVERIFY(third.isValid());
        QCOMPARE(third.row(), 0);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("4"));
    }
};

CEREBRAL_TEST(TextTableModelTest)
#include "text_table_model_test.moc"
