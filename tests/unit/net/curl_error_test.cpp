#include "core/net/curl_error.h"

#include <QtTest/QtTest>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using net::curlError;

class CurlErrorTest : public QObject {
    Q_OBJECT
private slots:
    void whetherTheRequestWasSentDecides() {
        for (const CURLcode code : {CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
                                    CURLE_HTTP2, CURLE_HTTP2_STREAM}) {
            COMPARE_NAMED(curlError(code, "", true, "s").kind, ErrorKind::ConnectionLost);
            COMPARE_NAMED(curlError(code, "", false, "s").kind, ErrorKind::Unreachable);
        }
        COMPARE_NAMED(curlError(CURLE_OPERATION_TIMEDOUT, "", true, "s").kind, ErrorKind::Timeout);
        COMPARE_NAMED(curlError(CURLE_OPERATION_TIMEDOUT, "", false, "s").kind, ErrorKind::Unreachable);
        COMPARE_NAMED(curlError(CURLE_COULDNT_RESOLVE_HOST, "", false, "s").kind, ErrorKind::Unreachable);
    }

    void handshakeCutIsNoCertificateTrouble() {
        const auto kind = [](const char* text) { return curlError(CURLE_SSL_CONNECT_ERROR, text, false, "s").kind; };
        COMPARE_NAMED(kind("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to h:443 "), ErrorKind::Unreachable);
        COMPARE_NAMED(kind("OpenSSL SSL_connect: Connection reset by peer in connection to h:443 "),
                      ErrorKind::Unreachable);
        COMPARE_NAMED(kind("error:0A000410:SSL routines::sslv3 alert handshake failure"), ErrorKind::Tls);
    }

    void certificateRefusedAfterTheHandshakeIsTls() {
        COMPARE_NAMED(
            curlError(CURLE_RECV_ERROR,
                      "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
                      true, "s")
                .kind,
            ErrorKind::Tls);
    }

    void textsNameTheServerAndNoProxyPassword() {
        QCOMPARE(curlError(CURLE_COULDNT_CONNECT, "Connection refused", false, "https://h:6443").message,
                 std::string("https://h:6443: Connection refused"));
        const auto error = curlError(CURLE_COULDNT_RESOLVE_PROXY, "Unsupported proxy syntax in 'http://u:hunter2@:x'",
                                     false, "https://h:6443");
        QVERIFY2(error.message.find("hunter2") == std::string::npos, error.message.c_str());
    }
};

CEREBRAL_TEST(CurlErrorTest)
#include "curl_error_test.moc"
