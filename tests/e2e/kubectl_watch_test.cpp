// A real kubectl against the demo cluster, with the kubeconfig it writes.
#include <QTest>

#include "tests/e2e/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/tools.h"

using namespace cerebral::test;

class KubectlWatchTest : public QObject {
    Q_OBJECT
private slots:
    void watchShowsARunBeingCreatedAndFinishing();
};

void KubectlWatchTest::watchShowsARunBeingCreatedAndFinishing() {
    const QString kubectl = usableKubectl();
    if (kubectl.isEmpty()) {
        if (toolsAreRequired()) QFAIL("no kubectl of at least 1.28 on PATH");
        QSKIP("SKIP-ALL: no kubectl of at least 1.28 on PATH (Debian's 1.20 is too old)");
    }
    PlatformOptions options;
    options.config = "maxPushAge: 0\n";
    PlatformUnderTest platform(options);
    QVERIFY2(platform.problem().isEmpty(), qPrintable(platform.problem()));

    ChildProcess watch(kubectl, {"get", "pipelineruns", "-A", "-w", "--kubeconfig", platform.kubeconfig()});
    QVERIFY(watch.started());
    const auto answer = platform.send(QStringLiteral(CEREBRAL_TEST_DATA "/push/one-service.json"));
    QVERIFY2(answer.json["status"] == "created", answer.error.constData());
    const QByteArray name = answer.json["pipelineRuns"][0]["name"].toString().toUtf8();

    QTRY_VERIFY2_WITH_TIMEOUT(watch.standardOutput().contains(name), watch.standardError().constData(), 20'000);
    const auto finished = [&] {
        for (const QByteArray& line : watch.standardOutput().split('\n')) {
            if (line.contains(name) && (line.contains(" Succeeded ") || line.contains(" Failed "))) return true;
        }
        return false;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(finished(), watch.standardOutput().constData(), 60'000);
    QVERIFY2(watch.standardError().isEmpty(), watch.standardError().constData());
    QVERIFY(watch.standardOutput().contains("NAMESPACE"));
}

CEREBRAL_TEST(KubectlWatchTest)
#include "kubectl_watch_test.moc"
