#include <QStandardPaths>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class DesktopFilesTest : public QObject {
    Q_OBJECT

    static void validate(const QString& tool, const QStringList& arguments) {
        const QString program = QStandardPaths::findExecutable(tool);
        if (program.isEmpty()) QSKIP(qPrintable(tool + " is not installed"));
        const test::Finished done = test::runToEnd(program, arguments);
        QVERIFY2(done.exitCode == 0, done.out + done.err);
    }

private slots:
    void desktopEntry() {
        validate("desktop-file-validate", {CEREBRAL_PACKAGING "/desktop/com.baerautotech.CerebralDesk.desktop"});
    }
    void metainfo() {
        validate("appstreamcli",
                 {"validate", "--no-net", CEREBRAL_PACKAGING "/desktop/com.baerautotech.CerebralDesk.metainfo.xml"});
    }
};

CEREBRAL_TEST(DesktopFilesTest)
#include "desktop_files_test.moc"
