#include "receiver/submit/retry_policy.h"

#include <QtTest/QtTest>

#include "tests/support/test_main.h"

using namespace cerebral;
using namespace std::chrono_literals;
using receiver::CreateVerdict;
using receiver::judge;
using receiver::retryDelay;

namespace {

Error errorOf(ErrorKind kind) {
    Error error;
    error.kind = kind;
    return error;
}

}  // namespace

class RetryPolicyTest : public QObject {
    Q_OBJECT
private slots:
    /// Giving up on what may pass loses a push; trying for ever what cannot pass hides it.
    void everyClassOfFailureHasItsVerdict_data() {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<CreateVerdict>("verdict");
        const auto row = [](const char* name, ErrorKind kind, CreateVerdict verdict) {
            QTest::newRow(name) << kind << verdict;
        };
        row("forbidden", ErrorKind::Forbidden, CreateVerdict::Refused);
        row("no such namespace", ErrorKind::NotFound, CreateVerdict::Refused);
        row("refused by admission", ErrorKind::Invalid, CreateVerdict::Refused);
        row("gone", ErrorKind::Gone, CreateVerdict::Refused);
        row("unsupported", ErrorKind::Unsupported, CreateVerdict::Refused);
        row("no connection", ErrorKind::Unreachable, CreateVerdict::Unreachable);
        row("timeout", ErrorKind::Timeout, CreateVerdict::Retry);
        row("broken connection", ErrorKind::ConnectionLost, CreateVerdict::Retry);
        row("5xx", ErrorKind::ServerError, CreateVerdict::Retry);
        row("conflict", ErrorKind::Conflict, CreateVerdict::Retry);
        row("429", ErrorKind::TooManyRequests, CreateVerdict::Retry);
        row("a proxy's page", ErrorKind::Malformed, CreateVerdict::Retry);
        row("too large an answer", ErrorKind::LimitExceeded, CreateVerdict::Retry);
        row("disk", ErrorKind::Io, CreateVerdict::Retry);
        row("quota", ErrorKind::QuotaExceeded, CreateVerdict::RetrySlowly);
        row("401", ErrorKind::Unauthorized, CreateVerdict::RetrySlowly);
        row("certificate", ErrorKind::Tls, CreateVerdict::RetrySlowly);
        row("credentials", ErrorKind::Config, CreateVerdict::RetrySlowly);
        row("already there", ErrorKind::AlreadyExists, CreateVerdict::Exists);
        row("shutting down", ErrorKind::Cancelled, CreateVerdict::Stopped);
    }
    void everyClassOfFailureHasItsVerdict() {
        QFETCH(ErrorKind, kind);
        QFETCH(CreateVerdict, verdict);
        QCOMPARE(judge(errorOf(kind)), verdict);
    }

    void delaysDoubleUpToTheirMost() {
        const Error error = errorOf(ErrorKind::ServerError);
        std::vector<std::chrono::milliseconds> fast;
        std::vector<std::chrono::milliseconds> slow;
        for (int tries = 1; tries <= 9; ++tries) {
            fast.push_back(retryDelay(CreateVerdict::Retry, error, tries, 0));
            slow.push_back(retryDelay(CreateVerdict::RetrySlowly, error, tries, 0));
        }
        QVERIFY((fast == std::vector{250ms, 500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}));
        QVERIFY(
            (slow == std::vector{5000ms, 10000ms, 20000ms, 40000ms, 60000ms, 60000ms, 60000ms, 60000ms, 60000ms}));
        QCOMPARE(retryDelay(CreateVerdict::Retry, error, 1'000'000, 0), 30000ms);
        QCOMPARE(retryDelay(CreateVerdict::Retry, error, 0, 0), 250ms);
    }

    void retryAfterIsNeverUndercutAndJitterOnlyAdds() {
        Error error = errorOf(ErrorKind::TooManyRequests);
        error.retryAfter = 90s;
        QCOMPARE(retryDelay(CreateVerdict::Retry, error, 1, 0), 90000ms);
        QCOMPARE(retryDelay(CreateVerdict::Retry, error, 1, 0.5), 101250ms);
        error.retryAfter = 1ms;
        QCOMPARE(retryDelay(CreateVerdict::Retry, error, 3, 0), 1000ms);
        QVERIFY(retryDelay(CreateVerdict::Retry, error, 3, 0.999) < 1250ms);
    }
};

CEREBRAL_TEST(RetryPolicyTest)
#include "retry_policy_test.moc"
