// The window's first frame: grey shapes in the right colours, in the places of what comes at once after it.
#include <QtTest/QtTest>
#include <memory>

#include "app/dashboard/dashboard.h"
#include "tests/e2e/own_cluster.h"
#include "tests/support/test_main.h"
#include "ui/models/settings.h"

using namespace cerebral;
using cerebral::test::OwnCluster;

class OpeningTest : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnCluster> own_;

    /// Not asked of the dashboard, which would hand it out complete.
    static ui::MainWindow* opening() {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            auto* window = qobject_cast<ui::MainWindow*>(top);
            if (window != nullptr && window->isVisible()) return window;
        }
        return nullptr;
    }
    static void keep(const QImage& image, const QString& name) {
        const QString folder = qEnvironmentVariable("CEREBRAL_TEST_PICTURES");
        if (!folder.isEmpty()) image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

private slots:
    void init() {
        own_ = std::make_unique<OwnCluster>(3);
        QVERIFY2(own_->problem().isEmpty(), qPrintable(own_->problem()));
    }
    void cleanup() { own_.reset(); }

    void nothingMovesWhenTheContentComes_data() {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light, wide") << "light" << 1.0 << QSize(1440, 900);
        QTest::newRow("dark, wide") << "dark" << 1.0 << QSize(1920, 1080);
        QTest::newRow("light, narrow") << "light" << 1.0 << QSize(1100, 700);
        QTest::newRow("dark, large text") << "dark" << 1.5 << QSize(1440, 900);
    }
    void nothingMovesWhenTheContentComes() {
        QFETCH(QString, theme);
        QFETCH(double, scale);
        QFETCH(QSize, size);
        {
            ui::Settings settings(ui::Settings::userFile());
            settings.setTheme(theme);
            settings.setFontScale(scale);
            QWidget shape;
            shape.resize(size);
            settings.setShape(QStringLiteral("window"), shape.saveGeometry());
        }
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        ui::MainWindow* window = opening();
        QVERIFY(window != nullptr && !window->isComplete());
        const QImage before = window->grab().toImage();
        QVERIFY(!window->isComplete());
        // At once, before the event loop brings anything that the cluster says.
        QCOMPARE(window, dashboard.window());
        QVERIFY(window->isComplete());
        QCOMPARE(window->size(), size);
        const QImage after = window->grab().toImage();
        const QString name = QString::fromLatin1(QTest::currentDataTag()).remove(QLatin1Char(',')).replace(' ', '-');
        keep(before, name + QStringLiteral("-0"));
        keep(after, name + QStringLiteral("-1"));
        // Grounds and lines: a column beside all text, a row through the rail's empty half.
        const int left = window->topBar().x() + 6;
        for (int y = 0; y < after.height(); ++y) {
            QVERIFY2(before.pixelColor(left, y) == after.pixelColor(left, y), qPrintable(QString::number(y)));
        }
        for (int x = 0; x < left; ++x) QCOMPARE(before.pixelColor(x, 400), after.pixelColor(x, 400));
        QVERIFY(window->focusWidget() == window->pushesPage().mainWidget());
    }

    void whatTheDesktopPreferredLastIsThereAtOnce() {
        ui::Settings settings(ui::Settings::userFile());
        settings.setDesktopWasDark(true);
        settings.setShape(QStringLiteral("any"), "written");
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        QVERIFY(dashboard.theme().colors().dark);
    }

    void theContentComesByItself() {
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        ui::MainWindow* window = opening();
        QVERIFY(window != nullptr && !window->isComplete());
        QTRY_VERIFY(window->isComplete());
    }

    void aKeyDoesNotComeTooSoon() {
        dashboard::Dashboard dashboard(own_->options(), own_->log());
        QVERIFY(dashboard.start().has_value());
        ui::MainWindow* window = opening();
        QVERIFY(window != nullptr && !window->isComplete());
        QTest::keyClick(window, Qt::Key_Slash, Qt::NoModifier);
        QVERIFY(window->isComplete());
    }
};

CEREBRAL_TEST(OpeningTest)
#include "opening_test.moc"
