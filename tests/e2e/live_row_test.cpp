// A signed push to the real receiver process becomes a row of the real window within one second.
#include <QDateTime>
#include <QJsonDocument>
#include <QTest>

#include "tests/e2e/open_window.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::test;

namespace {

constexpr qint64 kOneSecondMs = 1000;

/// When each run was first in the table, by the model's own signal.
class FirstSeen : public QObject {
public:
    explicit FirstSeen(const ui::RunTableModel& model) : model_(model) {
        look();
        connect(&model, &QAbstractItemModel::rowsInserted, this, &FirstSeen::look);
        connect(&model, &QAbstractItemModel::modelReset, this, &FirstSeen::look);
    }
    [[nodiscard]] std::optional<QDateTime> of(const QString& run) const {
        const auto found = seen_.constFind(run);
        return found == seen_.cend() ? std::nullopt : std::optional(*found);
    }

private:
    void look() {
        for (int row = 0; row < model_.rowCount(); ++row) {
            const ui::RunRow* run = model_.rowAt(row);
            if (run && !seen_.contains(run->name())) seen_.insert(run->name(), QDateTime::currentDateTimeUtc());
        }
    }

    const ui::RunTableModel& model_;
    QHash<QString, QDateTime> seen_;
};

}  // namespace

class LiveRowTest : public QObject {
    Q_OBJECT
private slots:
    void aPushIsARowWithinOneSecond();
};

void LiveRowTest::aPushIsARowWithinOneSecond() {
    PlatformOptions options;
    options.config = "maxPushAge: 0\n";
    PlatformUnderTest platform(options);
    QVERIFY2(platform.problem().isEmpty(), qPrintable(platform.problem()));
    OpenWindow open(platform);
    QVERIFY2(open.problem().isEmpty(), qPrintable(open.problem()));
    ui::MainWindow& window = open.window();
    QTRY_VERIFY_WITH_TIMEOUT(window.topBar().pill().label().startsWith("Live"), 20'000);
    const FirstSeen seen(window.runsPage().model());

    // A process of its own, so that this thread goes on with the window's events.
    ChildProcess send("cerebralctl",
                      {"send", QStringLiteral(CEREBRAL_TEST_DATA "/push/one-service.json"), "--url",
                       platform.receiverUrl(), "--secret-file", platform.secretFile(), "--output", "json"});
    QByteArray answered;
    QTRY_VERIFY_WITH_TIMEOUT((answered = send.standardOutput()).contains("pipelineRuns"), 20'000);
    const QJsonObject answer = QJsonDocument::fromJson(answered).object();
    QVERIFY2(answer["status"] == "created", answered.constData());
    const QString name = answer["pipelineRuns"][0]["name"].toString();
    QTRY_VERIFY_WITH_TIMEOUT(seen.of(name), 20'000);

    // Counted from the moment the API server wrote down, not from what our client believes.
    QDateTime created;
    for (const QJsonValue entry : platform.createRecord()) {
        if (entry["name"] == name) created = QDateTime::fromString(entry["time"].toString(), Qt::ISODateWithMs);
    }
    QVERIFY(created.isValid());
    const qint64 took = created.msecsTo(*seen.of(name));
    qInfo("in the table %lld ms after the API server accepted it", static_cast<long long>(took));
    QVERIFY(took >= 0);
    QVERIFY2(took <= kOneSecondMs, qPrintable(QStringLiteral("%1 ms").arg(took)));

    // And it goes on living: the same row reaches its end by itself.
    const auto state = [&] {
        const ui::RunTableModel& model = window.runsPage().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const ui::RunRow* run = model.rowAt(row);
            if (run && run->name() == name) return run->state;
        }
        return tekton::RunState::Pending;
    };
    QTRY_COMPARE_WITH_TIMEOUT(state(), tekton::RunState::Succeeded, 30'000);
}

CEREBRAL_TEST(LiveRowTest)
#include "live_row_test.moc"
