#include "core/kube/workloads/image_name.h"

#include <QtTest/QtTest>

#include "core/kube/workloads/container_image.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class ImageNameTest : public QObject {
    Q_OBJECT

private slots:
    void parses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("all") << "10.34.0.202:5000/cerebral/ai-services:main@sha256:ab"
                             << QStringList{"10.34.0.202:5000", "cerebral/ai-services", "main", "sha256:ab"};
        QTest::newRow("host with port, no tag")
            << "localhost:5000/a/b" << QStringList{"localhost:5000", "a/b", "", ""};
        QTest::newRow("localhost") << "localhost/a:1" << QStringList{"localhost", "a", "1", ""};
        QTest::newRow("no host") << "library/busybox:1" << QStringList{"", "library/busybox", "1", ""};
        QTest::newRow("name alone") << "busybox" << QStringList{"", "busybox", "", ""};
        QTest::newRow("digest alone") << "r.example/a@sha256:cd" << QStringList{"r.example", "a", "", "sha256:cd"};
        QTest::newRow("empty") << "" << QStringList{"", "", "", ""};
    }
    void parses() {
        QFETCH(QString, text);
        QFETCH(QStringList, parts);
        const auto name = kube::parseImageName(text.toStdString());
        QCOMPARE(QStringList({QString::fromStdString(name.host), QString::fromStdString(name.repository),
                              QString::fromStdString(name.tag), QString::fromStdString(name.digest)}),
                 parts);
    }

    void readsTheDigestThatRuns() {
        QCOMPARE(kube::digestOfImageId("r:5000/a@sha256:ab"), std::string("sha256:ab"));
        QCOMPARE(kube::digestOfImageId("docker-pullable://r:5000/a@sha256:ab"), std::string("sha256:ab"));
        // The digest of an image's configuration is not comparable with a manifest's.
        QCOMPARE(kube::digestOfImageId("sha256:ab"), std::string());
        QCOMPARE(kube::digestOfImageId(""), std::string());
        QCOMPARE(kube::shortDigest("sha256:9eb2fbc5af4c"), std::string_view("9eb2fbc"));
        QCOMPARE(kube::shortDigest(""), std::string_view(""));
    }

    void comparesPinnedDigestsOnly() {
        const std::vector<kube::ContainerImage> images = {{"a", "r/x:main"}, {"b", "r/y:main@sha256:ab"}};
        QVERIFY(kube::anyCarries(images, "sha256:ab"));
        QVERIFY(!kube::anyCarries(images, "sha256:cd"));
        QVERIFY(!kube::anyCarries(images, ""));
        QCOMPARE(kube::digestsOf(images), std::vector<std::string>{"sha256:ab"});
    }

    void readsRevisionNumbers() {
        QCOMPARE(kube::revisionNumber("12"), 12);
        for (const char* bad : {"", "-1", "0", "1x", "99999999999"}) QCOMPARE(kube::revisionNumber(bad), 0);
    }
};

CEREBRAL_TEST(ImageNameTest)
#include "image_name_test.moc"
