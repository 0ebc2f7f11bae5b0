// Every file under tests/data/kubeconfig: what each good one must give, what each bad one must say.
// The expectation stands in the file's leading comments.

#include <QDir>
#include <QFile>
#include <QtTest/QtTest>
#include <set>

#include "core/kube/kubeconfig.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

const QString kFolder = QStringLiteral(CEREBRAL_TEST_DATA "/kubeconfig/");

QMap<QString, QString> expectations(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    QMap<QString, QString> found;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine());
        if (!line.startsWith("# ")) break;
        const qsizetype colon = line.indexOf(": ");
        found.insert(line.mid(2, colon - 2), line.mid(colon + 2).chopped(1));
    }
    return found;
}

void addRows(const QString& folder) {
    QTest::addColumn<QString>("path");
    const QDir dir(kFolder + folder);
    for (const QString& name : dir.entryList({"*.yaml"}, QDir::Files)) {
        QTest::newRow(qPrintable(name)) << dir.filePath(name);
    }
}

Result<kube::ClusterAccess> load(const QString& path, const Clock& clock) {
    kube::KubeconfigSource source;
    source.explicitPath = path.toStdString();
    auto config = kube::Kubeconfig::load(source);
    if (!config) return fail(config.error());
    return config->access("", clock);
}

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// What an access gives, under the names the files use.
QString actual(const QString& key, const kube::ClusterAccess& access) {
    net::HttpRequest request;
    request.tls = access.tls;
    const bool applies = key == "token" || key == "basic";
    if (applies && access.credentials && !access.credentials->apply(request, {})) return "no credentials";
    if (key == "server") return text(access.server);
    if (key == "namespace") return text(access.defaultNamespace);
    if (key == "token") return text(request.bearerToken.reveal());
    if (key == "basic") return text(request.basicUser) + "/" + text(request.basicPassword.reveal());
    if (key == "insecure") return access.tls->insecureSkipVerify ? "true" : "false";
    if (key == "server-name") return text(access.tls->serverName);
    if (key == "proxy") return text(access.proxyUrl);
    if (key == "disable-compression") return access.disableCompression ? "true" : "false";
    if (key == "headers") {
        QStringList headers;
        for (const auto& [name, value] : access.impersonation.fields()) headers << text(name) + "=" + text(value);
        return headers.join(' ');
    }
    return "unknown key " + key;
}

QString pem(const QString& key, const kube::ClusterAccess& access) {
    if (key == "ca") return text(access.tls->caPem);
    if (key == "certificate") return text(access.tls->clientCertPem);
    return text(access.tls->clientKeyPem.reveal());
}

}  // namespace

class KubeconfigSuiteTest : public QObject {
    Q_OBJECT
private slots:
    void good_data() { addRows("good"); }
    void good() {
        QFETCH(QString, path);
        const auto access = load(path, clock_);
        QVERIFY2(access.has_value(), access ? "" : access.error().message.c_str());
        const auto wanted = expectations(path);
        QVERIFY(wanted.contains("server"));
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            if (it.key() == "ca" || it.key() == "certificate" || it.key() == "key") {
                QVERIFY2(pem(it.key(), *access).contains(it.value()), qPrintable(it.key()));
            } else {
                QCOMPARE(actual(it.key(), *access), it.value());
            }
        }
    }

    void bad_data() { addRows("bad"); }
    void bad() {
        QFETCH(QString, path);
        const auto access = load(path, clock_);
        QVERIFY(!access.has_value());
        QCOMPARE(access.error().kind, ErrorKind::Config);
        QString wanted = expectations(path).value("error");
        QVERIFY(!wanted.isEmpty());
        wanted.replace("{FILES}", QDir::cleanPath(kFolder + "files"));
        wanted.replace("{FILE}", path).replace("{DIR}", QFileInfo(path).path());
        const QString message = text(access.error().message);
        // yaml-cpp's own words may change with its version, ours may not.
        if (wanted.contains("is not YAML")) {
            QVERIFY2(message.startsWith(wanted.section("): ", 0, 0)), qPrintable(message));
        } else {
            QCOMPARE(message, wanted);
        }
        QVERIFY(messages_.insert(message.toStdString()).second);
    }

    void theSuiteHasAtLeastFortyFiles() {
        const auto count =
            QDir(kFolder + "good").entryList({"*.yaml"}).size() + QDir(kFolder + "bad").entryList({"*.yaml"}).size();
        QVERIFY(count >= 40);
    }

private:
    test::FakeClock clock_;
    std::set<std::string> messages_;
};

CEREBRAL_TEST(KubeconfigSuiteTest)
#include "kubeconfig_suite_test.moc"
