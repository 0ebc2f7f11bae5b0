#include <QtTest/QtTest>

#include "receiver/admin/metrics.h"
#include "tests/support/test_main.h"

using cerebral::receiver::Metrics;

namespace {

/// The value of one line, NaN when it is not there.
double valueOf(Metrics& metrics, const QByteArray& series) {
    for (const QByteArray& line : QByteArray::fromStdString(metrics.text()).split('\n')) {
        if (line.startsWith(series + ' ')) return line.mid(series.size() + 1).toDouble();
    }
    return qQNaN();
}

}  // namespace

class MetricsTextTest : public QObject {
    Q_OBJECT
private slots:
    /// rate() over a series that begins with its first event misses that event.
    void everyOutcomeIsThereFromTheStart() {
        Metrics metrics;
        for (const char* status :
             {"created", "duplicate", "ignored", "pong", "queued", "refused", "rejected", "unsafe"}) {
            QCOMPARE(valueOf(metrics, QByteArray("github_webhook_deliveries_total{status=\"") + status + "\"}"), 0.0);
        }
        for (const char* outcome : {"created", "duplicate", "refused"}) {
            QCOMPARE(valueOf(metrics, QByteArray("github_webhook_pipelineruns_total{outcome=\"") + outcome + "\"}"),
                     0.0);
        }
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_count"), 0.0);
    }

    void everythingIsCountedUnderItsName() {
        Metrics metrics;
        metrics.deliveryAnswered("created", 0.004);
        metrics.deliveryAnswered("created", 0.2);
        metrics.deliveryAnswered("unsafe", 30);
        metrics.requestRefused(413);
        metrics.runSettled("refused");
        metrics.apiError("quota-exceeded");
        metrics.runsSuperseded(3);
        metrics.rebuildAnswered(429);
        metrics.configReloaded(false);
        metrics.redeliveriesRequested(2);
        metrics.reconcileFailed();
        QCOMPARE(valueOf(metrics, "github_webhook_deliveries_total{status=\"created\"}"), 2.0);
        QCOMPARE(valueOf(metrics, "github_webhook_deliveries_total{status=\"unsafe\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_count"), 3.0);
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_bucket{le=\"0.005\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_bucket{le=\"0.1\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_bucket{le=\"5\"}"), 2.0);
        QCOMPARE(valueOf(metrics, "github_webhook_delivery_duration_seconds_bucket{le=\"+Inf\"}"), 3.0);
        QCOMPARE(valueOf(metrics, "github_webhook_requests_refused_total{code=\"413\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_pipelineruns_total{outcome=\"refused\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_api_errors_total{kind=\"quota-exceeded\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_pipelineruns_superseded_total"), 3.0);
        QCOMPARE(valueOf(metrics, "github_webhook_rebuild_requests_total{code=\"429\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_config_reloads_total{result=\"refused\"}"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_redeliveries_requested_total"), 2.0);
        QCOMPARE(valueOf(metrics, "github_webhook_reconcile_failures_total"), 1.0);
    }

    void gaugesAreReadWhenScraped() {
        Metrics metrics;
        std::size_t depth = 4;
        bool healthy = true;
        metrics.setGauges({[&] { return depth; }, [] { return std::size_t{1}; }, {}, {}, [&] { return healthy; }});
        QCOMPARE(valueOf(metrics, "github_webhook_spool_depth"), 4.0);
        QCOMPARE(valueOf(metrics, "github_webhook_spool_healthy"), 1.0);
        depth = 0;
        healthy = false;
        QCOMPARE(valueOf(metrics, "github_webhook_spool_depth"), 0.0);
        QCOMPARE(valueOf(metrics, "github_webhook_spool_healthy"), 0.0);
        QCOMPARE(valueOf(metrics, "github_webhook_dead_letters"), 1.0);
        QCOMPARE(valueOf(metrics, "github_webhook_connections"), 0.0);
    }

    void everyFamilySaysWhatItIs() {
        Metrics metrics;
        const QByteArray text = QByteArray::fromStdString(metrics.text());
        for (const QByteArray& line : text.split('\n')) {
            if (!line.startsWith("# TYPE ")) continue;
            const QByteArray name = line.split(' ').at(2);
            QVERIFY2(text.contains("# HELP " + name + ' '), name);
            QVERIFY2(name.startsWith("github_webhook_"), name);
        }
        QVERIFY(text.endsWith('\n'));
    }
};

CEREBRAL_TEST(MetricsTextTest)
#include "metrics_text_test.moc"
