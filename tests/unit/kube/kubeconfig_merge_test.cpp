#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/kube/kubeconfig.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class KubeconfigMergeTest : public QObject {
    Q_OBJECT

    std::string write(const QString& name, const QByteArray& content) {
        const QString path = dir_.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("cannot write");
        return path.toStdString();
    }

    static QByteArray config(const QByteArray& current, const QByteArray& server, const QByteArray& token) {
        return "current-context: " + current + "\nclusters:\n- {name: c, cluster: {server: '" + server +
               "'}}\nusers:\n- {name: u, user: {token: " + token + "}}\ncontexts:\n- {name: " + current +
               ", context: {cluster: c, user: u}}\n";
    }

    static std::string token(const kube::ClusterAccess& access) {
        net::HttpRequest request;
        if (!access.credentials->apply(request, {})) return "none";
        return std::string(request.bearerToken.reveal());
    }

private slots:
    void theFirstFileWinsPerWholeEntry() {
        const std::string first = write("first", "clusters:\n- {name: c, cluster: {server: 'https://first'}}\n");
        const std::string second = write("second", config("two", "https://second", "t2"));
        const std::string third = write("third", config("three", "https://third", "t3"));
        kube::KubeconfigSource source;
        source.environmentList = first + "::" + second + ":" + second + ":/nowhere/at/all:" + third;
        const auto config = kube::Kubeconfig::load(source);
        QVERIFY(config.has_value());
        QCOMPARE(config->contexts().size(), std::size_t{2});
        QCOMPARE(config->contexts()[0].name, std::string("two"));
        QVERIFY(config->contexts()[0].current);
        const auto access = config->access("", clock_);
        QVERIFY(access.has_value());
        QCOMPARE(access->server, std::string("https://first"));
        QCOMPARE(token(*access), std::string("t2"));
        QCOMPARE(config->access("three", clock_)->contextName, std::string("three"));
    }

    void anExplicitPathDoesNotMerge() {
        kube::KubeconfigSource source;
        source.explicitPath = write("only", config("only", "https://only", "t"));
        source.environmentList = write("other", config("other", "https://other", "t"));
        const auto config = kube::Kubeconfig::load(source);
        QVERIFY(config.has_value());
        QCOMPARE(config->contexts().size(), std::size_t{1});
        source.explicitPath = "/nowhere/config";
        const auto missing = kube::Kubeconfig::load(source);
        QCOMPARE(missing.error().message, std::string("cannot read /nowhere/config: No such file or directory"));
    }

    void withoutAnyFileItSaysWhatToDo() {
        kube::KubeconfigSource source;
        source.homeDirectory = dir_.path().toStdString();
        const auto config = kube::Kubeconfig::load(source);
        QVERIFY(!config.has_value());
        QVERIFY(
            config.error().message.ends_with("/.kube/config does not exist; set KUBECONFIG or pass --kubeconfig"));
    }

    void aTokenFileIsReadAgainAfterAMinuteAndAfterA401() {
        const std::string path = write("token", "one\n");
        kube::KubeconfigSource source;
        source.explicitPath = write("rotating",
                                    "current-context: a\nclusters:\n- {name: c, cluster: {server: "
                                    "'https://x'}}\nusers:\n- {name: u, user: {tokenFile: token}}\n"
                                    "contexts:\n- {name: a, context: {cluster: c, user: u}}\n");
        const auto access = kube::Kubeconfig::load(source)->access("", clock_);
        QVERIFY(access.has_value());
        QCOMPARE(token(*access), std::string("one"));
        write("token", "two\n");
        QCOMPARE(token(*access), std::string("one"));
        QVERIFY(access->credentials->renew());
        QCOMPARE(token(*access), std::string("two"));
        QVERIFY(!access->credentials->renew());  // nothing new: trying again would not help
        write("token", "three\n");
        clock_.advance(std::chrono::seconds(61));
        QCOMPARE(token(*access), std::string("three"));
        QFile::remove(QString::fromStdString(path));
        clock_.advance(std::chrono::seconds(61));
        QCOMPARE(token(*access), std::string("three"));
    }

    void aPodUsesItsOwnAccount() {
        write("token", "pod-token\n");
        write("ca.crt", "-----BEGIN CERTIFICATE-----\n");
        write("namespace", "tekton-pipelines\n");
        qunsetenv("KUBERNETES_SERVICE_HOST");
        const auto outside = kube::inClusterAccess(clock_, dir_.path().toStdString());
        QVERIFY(outside.error().message.starts_with("not running in a cluster"));
        qputenv("KUBERNETES_SERVICE_HOST", "fd00::1");
        qputenv("KUBERNETES_SERVICE_PORT", "443");
        const auto access = kube::inClusterAccess(clock_, dir_.path().toStdString());
        qunsetenv("KUBERNETES_SERVICE_HOST");
        qunsetenv("KUBERNETES_SERVICE_PORT");
        QVERIFY(access.has_value());
        QCOMPARE(access->server, std::string("https://[fd00::1]:443"));
        QCOMPARE(access->defaultNamespace, std::string("tekton-pipelines"));
        QCOMPARE(token(*access), std::string("pod-token"));
    }

private:
    test::FakeClock clock_;
    QTemporaryDir dir_;
};

CEREBRAL_TEST(KubeconfigMergeTest)
#include "kubeconfig_merge_test.moc"
