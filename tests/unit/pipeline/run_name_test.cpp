#include <QRegularExpression>
#include <QtTest/QtTest>

#include "core/pipeline/run_name.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::pipeline;

class RunNameTest : public QObject {
    Q_OBJECT

    static BuildRequest request() {
        BuildRequest request;
        request.service.name = "ai-services";
        request.repository = "BAERAutoTech/cerebral";
        request.ref = "refs/heads/main";
        request.before = std::string(40, 'a');
        request.after = "9b1c7d52e3a84f0d8c6a75b1e2f3a4958d7c6b5a";
        request.pushedAtText = "1795164850";
        return request;
    }

private slots:
    void formIsFixed() {
        // printf '%s\0' REPO REF BEFORE AFTER PUSHED_AT SERVICE 0 | sha256sum
        QCOMPARE(runName(request()), std::string("ai-services-9b1c7d52-2006eb3a14"));
    }

    void theCommitIsReadBack() {
        QCOMPARE(commitOfRunName(runName(request())), std::string_view("9b1c7d52"));
        for (const char* other : {"", "-", "ai-services-main-hc6d7", "ai-services-9b1c7d52", "9b1c7d52-2006eb3a14",
                                  "ai-services-9b1c7d52-2006eb3a1", "ai-services-9b1c7d5x-2006eb3a14"}) {
            QVERIFY2(commitOfRunName(other).empty(), other);
        }
    }

    void everySignedFieldCounts() {
        const std::string name = runName(request());
        const auto changed = [](auto edit) {
            BuildRequest other = request();
            edit(other);
            return runName(other);
        };
        QVERIFY(changed([](auto& r) { r.repository = "other/cerebral"; }) != name);
        QVERIFY(changed([](auto& r) { r.ref = "refs/heads/dev"; }) != name);
        QVERIFY(changed([](auto& r) { r.before = std::string(40, 'b'); }) != name);
        QVERIFY(changed([](auto& r) { r.after[39] = '0'; }) != name);
        QVERIFY(changed([](auto& r) { r.pushedAtText = "1795164851"; }) != name);
        QVERIFY(changed([](auto& r) { r.service.name = "ai-servicez"; }) != name);
        QVERIFY(changed([](auto& r) { r.attempt = "rq-1"; }) != name);
        // Not under the signature: a redelivery by other hands is the same push.
        QCOMPARE(changed([](auto& r) { r.delivery = "another"; }), name);
        QCOMPARE(changed([](auto& r) { r.receivedAt += std::chrono::hours(1); }), name);
    }

    void fieldsDoNotRunIntoEachOther() {
        BuildRequest one = request();
        one.repository = "a/b";
        one.ref = "refs/heads/c";
        BuildRequest two = request();
        two.repository = "a/brefs/heads/c";
        two.ref = "";
        QVERIFY(runName(one) != runName(two));
    }

    void namesAreDnsLabelsOfAtMost40() {
        for (const char* service : {"a", "knowledge-services", "integration-services", "abcdefghijklmnopqrs-tuv",
                                    "UPPER_case.dots", "---", ""}) {
            BuildRequest other = request();
            other.service.name = service;
            const QString name = QString::fromStdString(runName(other));
            QVERIFY2(QRegularExpression("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$").match(name).hasMatch(), qPrintable(name));
            QVERIFY2(name.size() <= 40 && !name.contains("--"), qPrintable(name));
        }
    }

    void tags_data() {
        QTest::addColumn<QString>("branch");
        QTest::addColumn<QString>("tag");
        QTest::addColumn<QString>("label");
        const auto row = [](const char* branch, const char* tag, const char* label) {
            QTest::newRow(branch) << branch << tag << label;
        };
        row("main", "main", "main");
        row("feature/x", "feature-x", "feature-x");
        row("release/2026.11", "release-2026.11", "release-2026.11");
        row("Fix_IT", "Fix_IT", "Fix_IT");
        row("_private", "_private", "private-3ce6c249");
        row("trailing_", "trailing_", "trailing-e50cedf6");
    }
    void tags() {
        QFETCH(QString, branch);
        QFETCH(QString, tag);
        QFETCH(QString, label);
        QCOMPARE(QString::fromStdString(tagForBranch(branch.toStdString())), tag);
        QCOMPARE(QString::fromStdString(labelForBranch(branch.toStdString())), label);
    }

    void whatIsLostIsHashed() {
        const QRegularExpression tagForm("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$");
        const QRegularExpression labelForm("^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$");
        QSet<QString> tags;
        const QStringList branches{"größe",
                                   "gräße",
                                   "次",
                                   "中",
                                   "x#1",
                                   "x+1",
                                   "-x",
                                   ".x",
                                   "...",
                                   "@",
                                   "x\"}]",
                                   QString(300, 'a'),
                                   QString(299, 'a') + "b",
                                   "",
                                   "a/" + QString(200, '/')};
        for (const QString& branch : branches) {
            const QString tag = QString::fromStdString(tagForBranch(branch.toStdString()));
            const QString label = QString::fromStdString(labelForBranch(branch.toStdString()));
            QVERIFY2(tagForm.match(tag).hasMatch(), qPrintable(branch + " " + tag));
            QVERIFY2(labelForm.match(label).hasMatch(), qPrintable(branch + " " + label));
            tags.insert(tag);
        }
        QCOMPARE(tags.size(), branches.size());
    }
};

CEREBRAL_TEST(RunNameTest)
#include "run_name_test.moc"
