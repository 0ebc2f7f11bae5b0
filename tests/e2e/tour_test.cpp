// Pictures of the window without a display: the ones asked for, in their sizes, with words on how far it is.
#include <QImage>
#include <QTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class TourTest : public QObject {
    Q_OBJECT

private slots:
    void thePicturesAskedForAreTaken();
    void whatComesLateIsWaitedFor();
    void whatMatchesNothingIsNamed();
};

namespace {

constexpr int kTourMs = 100'000;

test::Finished tour(const QString& folder, const QString& scenes) {
    const QTemporaryDir runtime;
    return test::runToEnd("cerebral-dashboard", {"--demo", "--screenshots", folder, "--scenes", scenes},
                          {{"XDG_RUNTIME_DIR", runtime.path()}, {"QT_QPA_PLATFORM", "offscreen"}}, kTourMs);
}

}  // namespace

void TourTest::thePicturesAskedForAreTaken() {
    const QTemporaryDir folder;
    const test::Finished finished = tour(folder.path(), "settings,keys-dark-1280x800");
    QVERIFY2(finished.exitCode == 0, finished.err.constData());
    const QDir pictures(folder.path());
    QCOMPARE(pictures.entryList({"settings-*.png"}, QDir::Files).size(), 8);
    QCOMPARE(pictures.entryList({"keys-*.png"}, QDir::Files), QStringList{"keys-dark-1280x800.png"});
    QCOMPARE(QImage(pictures.filePath("settings-light-1280x800.png")).size(), QSize(1280, 800));
    QCOMPARE(QImage(pictures.filePath("settings-dark-1920x1080-150pct.png")).size(), QSize(1920, 1080));
    QVERIFY2(finished.err.contains("9 of 9  "), finished.err.constData());
    QVERIFY2(!finished.err.contains("This plugin does not support"), finished.err.constData());
}

void TourTest::whatComesLateIsWaitedFor() {
    const QTemporaryDir folder;
    const QStringList scenes{"pushes-ignored", "pushes-commit-ignored", "connection-menu-stale"};
    QStringList shots;
    for (const QString& scene : scenes) shots << scene + "-dark-1280x800";
    const test::Finished finished = tour(folder.path(), shots.join(","));
    QVERIFY2(finished.exitCode == 0, finished.err.constData());
    for (const QString& shot : shots) QVERIFY2(QFile::exists(folder.filePath(shot + ".png")), qPrintable(shot));
}

void TourTest::whatMatchesNothingIsNamed() {
    const QTemporaryDir folder;
    const test::Finished finished = tour(folder.path(), "no-scene-is-called-this");
    QCOMPARE(finished.exitCode, 1);
    QVERIFY2(finished.err.contains("no-scene-is-called-this"), finished.err.constData());
    QVERIFY(QDir(folder.path()).isEmpty());
}

CEREBRAL_TEST(TourTest)
#include "tour_test.moc"
