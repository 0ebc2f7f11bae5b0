#include "ui/models/nothing_here.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral::ui;

class NothingHereTest : public QObject {
    Q_OBJECT

private slots:
    void theCommandNamesWhomItHelps_data() {
        QTest::addColumn<QString>("refusal");
        QTest::addColumn<QString>("whom");
        QTest::newRow("account") << "pipelineruns.tekton.dev is forbidden: User \"system:serviceaccount:ci:reader\" "
                                    "cannot watch resource"
                                 << "--serviceaccount=ci:reader";
        QTest::newRow("person") << "User \"mara@example.org\" cannot list"
                                << "--user=mara@example.org";
        QTest::newRow("nobody") << "forbidden"
                                << "--user=YOU";
        QTest::newRow("shell") << "User \"a; rm -rf $HOME\" cannot list"
                               << "'--user=a; rm -rf $HOME'";
    }
    void theCommandNamesWhomItHelps() {
        QFETCH(QString, refusal);
        QFETCH(QString, whom);
        QCOMPARE(grantCommand(refusal, QStringLiteral("tekton-pipelines")),
                 QStringLiteral("kubectl create rolebinding cerebral-desk-view --clusterrole=view %1 -n "
                                "tekton-pipelines")
                     .arg(whom));
    }

    void refusalsInWords() {
        QCOMPARE(plainRefusal(QStringLiteral(
                     "read /api/v1/namespaces/ci/pods/a/log: pods \"a\" is forbidden: User "
                     "\"system:serviceaccount:ci:auditor\" cannot get resource \"pods/log\" in API group \"\" in the "
                     "namespace \"ci\"")),
                 QStringLiteral("account auditor may not get pods/log in ci"));
        QCOMPARE(plainRefusal(QStringLiteral(
                     "pipelineruns.tekton.dev is forbidden: User \"mara@example.org\" cannot list resource "
                     "\"pipelineruns\" in API group \"tekton.dev\" at the cluster scope")),
                 QStringLiteral("account mara@example.org may not list pipelineruns.tekton.dev"));
        QCOMPARE(plainRefusal(QStringLiteral("denied by a webhook")), QStringLiteral("denied by a webhook"));
    }

    void causesInWords() {
        QCOMPARE(plainCause(QStringLiteral("watch pods: https://10.0.0.1:6443: Failed to connect to 10.0.0.1 port "
                                           "6443 after 0 ms: Couldn't connect to server")),
                 QStringLiteral("Nobody answers at 10.0.0.1:6443."));
        QCOMPARE(plainCause(QStringLiteral("Could not resolve host: api.example.org")),
                 QStringLiteral("api.example.org is not known to the name server."));
        QCOMPARE(plainCause(QStringLiteral("something else")), QStringLiteral("something else"));
    }

    void whatWasLookedFor() {
        QCOMPARE(noMatch(QStringLiteral("run"), {}), QStringLiteral("No run matches"));
        QCOMPARE(noMatch(QStringLiteral("push"), {QStringLiteral("a"), QStringLiteral("b")}),
                 QStringLiteral("No push matches “a b”"));
    }
};

CEREBRAL_TEST(NothingHereTest)
#include "nothing_here_test.moc"
