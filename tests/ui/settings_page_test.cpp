#include "ui/pages/settings_page.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::ui;

class SettingsPageTest : public QObject {
    Q_OBJECT

    template <class Widget>
    static Widget& control(const SettingsPage& page, const QString& name) {
        for (auto* widget : page.findChildren<Widget*>()) {
            if (widget->accessibleName() == name) return *widget;
        }
        qFatal("no control is called %s", qPrintable(name));
    }

private slots:
    void everyChangeCountsAtOnceAndIsKept() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("dashboard.ini");
        const Theme theme;
        {
            Settings settings(file);
            SettingsPage page(theme, settings);
            page.resize(1000, 700);
            page.show();
            QSignalSpy changed(&settings, &Settings::changed);

            auto& names = control<QLineEdit>(page, "Your names");
            names.setText(" mkern,  Mara Kern ,, ");
            QTest::keyClick(&names, Qt::Key_Return);
            QCOMPARE(settings.handles(), (QStringList{"mkern", "Mara Kern"}));

            auto& look = control<QComboBox>(page, "Theme");
            look.setFocus();
            QTest::keyClick(&look, Qt::Key_End);
            QCOMPARE(settings.theme(), QStringLiteral("dark"));

            auto& scale = control<QComboBox>(page, "Size of text");
            scale.setFocus();
            QTest::keyClick(&scale, Qt::Key_End);
            QCOMPARE(settings.fontScale(), 2.0);

            auto& letters = control<Switch>(page, "Single letters are commands");
            QVERIFY(letters.isChecked());
            QTest::keyClick(&letters, Qt::Key_Space);
            QVERIFY(!settings.letterKeys());

            auto& receiver = control<QLineEdit>(page, "Receiver");
            receiver.setText("https://webhook.example/");
            QTest::keyClick(&receiver, Qt::Key_Return);
            QCOMPARE(settings.receiverUrl(), QStringLiteral("https://webhook.example/"));
            QVERIFY(changed.count() >= 5);
        }
        Settings again(file);
        SettingsPage page(theme, again);
        QCOMPARE(control<QLineEdit>(page, "Your names").text(), QStringLiteral("mkern, Mara Kern"));
        QCOMPARE(control<QComboBox>(page, "Theme").currentText(), QStringLiteral("Dark"));
        QCOMPARE(control<QComboBox>(page, "Size of text").currentText(), QStringLiteral("200 %"));
        QVERIFY(!control<Switch>(page, "Single letters are commands").isChecked());
        QCOMPARE(control<QLineEdit>(page, "Receiver").text(), QStringLiteral("https://webhook.example/"));
    }

    void aDamagedFileIsAnEmptyOne() {
        const QTemporaryDir folder;
        const QString path = folder.filePath("dashboard.ini");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("[look\n\x00\xff theme=neon\nfontScale=1e9\n", 34));
        file.close();
        Settings settings(path);
        QCOMPARE(settings.theme(), QStringLiteral("system"));
        QVERIFY(settings.fontScale() >= 1.0 && settings.fontScale() <= 2.0);
        QVERIFY(settings.letterKeys());
        const Theme theme;
        const SettingsPage page(theme, settings);
        QCOMPARE(control<QComboBox>(page, "Theme").currentText(), QStringLiteral("Follow the desktop"));
    }

    void whatIsSetElsewhereShows() {
        const QTemporaryDir folder;
        Settings settings(folder.filePath("dashboard.ini"));
        const Theme theme;
        const SettingsPage page(theme, settings);
        settings.setHandles({"jt"});
        QCOMPARE(control<QLineEdit>(page, "Your names").text(), QStringLiteral("jt"));
        settings.setTheme("dark");
        QCOMPARE(control<QComboBox>(page, "Theme").currentText(), QStringLiteral("Dark"));
        settings.setLetterKeys(false);
        QVERIFY(!control<Switch>(page, "Single letters are commands").isChecked());
    }
};

CEREBRAL_TEST(SettingsPageTest)
#include "settings_page_test.moc"
