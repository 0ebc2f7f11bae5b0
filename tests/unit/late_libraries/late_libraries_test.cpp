#include "app/dashboard/late_libraries.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <sqlite3.h>

#include <QFile>
#include <QtTest/QtTest>
#include <array>
#include <memory>

#include "tests/support/test_main.h"

using namespace cerebral;

namespace {

bool isLoaded(const char* library) {
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains(library);
}

}  // namespace

class LateLibrariesTest : public QObject {
    Q_OBJECT
private slots:
    void aLibraryIsLoadedByTheFirstCallToIt() {
        for (const char* library : {"libcurl", "libssl", "libcrypto", "libsqlite3"})
            QVERIFY2(!isLoaded(library), library);
        QVERIFY(sqlite3_libversion_number() > 3'000'000);
        QVERIFY(isLoaded("libsqlite3"));
        QVERIFY(!isLoaded("libcrypto"));
        const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()), &SSL_CTX_free);
        QVERIFY(context != nullptr);
        QVERIFY(isLoaded("libssl"));
        QVERIFY(!isLoaded("libcurl"));
    }

    void argumentsOfEveryKindArrive() {
        sqlite3* db = nullptr;
        QCOMPARE(sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr), SQLITE_OK);
        // Nine, more than there are registers for. Without a body it takes a function away, and then says by the last
        // argument that the data is needed no longer.
        int told = 0;
        const auto tell = [](void* data) { *static_cast<int*>(data) = 42; };
        QCOMPARE(sqlite3_create_function_v2(db, "f", 0, SQLITE_UTF8, &told, nullptr, nullptr, nullptr, tell),
                 SQLITE_OK);
        QCOMPARE(told, 42);
        sqlite3_stmt* statement = nullptr;
        QCOMPARE(sqlite3_prepare_v2(db, "select ?, ?", -1, &statement, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_bind_double(statement, 1, 2.5), SQLITE_OK);
        QCOMPARE(sqlite3_bind_int64(statement, 2, std::int64_t{1} << 40), SQLITE_OK);
        QCOMPARE(sqlite3_step(statement), SQLITE_ROW);
        QCOMPARE(sqlite3_column_double(statement, 0), 2.5);
        QCOMPARE(sqlite3_column_int64(statement, 1), std::int64_t{1} << 40);
        sqlite3_finalize(statement);
        sqlite3_close(db);

        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        QCOMPARE(EVP_Digest("abc", 3, digest.data(), &length, EVP_sha256(), nullptr), 1);
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<int>(length)).toHex().left(8),
                 QByteArray("ba7816bf"));

        const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
        QCOMPARE(curl_easy_setopt(easy.get(), CURLOPT_URL, "http://127.0.0.1:1/"), CURLE_OK);
        char* url = nullptr;
        QCOMPARE(curl_easy_getinfo(easy.get(), CURLINFO_EFFECTIVE_URL, &url), CURLE_OK);
        QCOMPARE(QByteArray(url), QByteArray("http://127.0.0.1:1/"));
    }

    void everyFunctionIsThere() { QVERIFY(dashboard::loadLateFunctions() > 100); }
};

CEREBRAL_TEST(LateLibrariesTest)
#include "late_libraries_test.moc"
