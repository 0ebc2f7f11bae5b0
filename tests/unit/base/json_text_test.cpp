#include "core/base/json_text.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;

class JsonTextTest : public QObject {
    Q_OBJECT

    static std::string written(std::string_view text) {
        std::string to = "x";
        appendJsonString(to, text);
        return to;
    }

private slots:
    void plainTextIsQuoted() {
        QCOMPARE(written("refs/heads/main"), std::string("x\"refs/heads/main\""));
        QCOMPARE(written(""), std::string("x\"\""));
    }
    void everyByteIsReadBackOrReplaced() {
        for (int byte = 0; byte < 256; ++byte) {
            const std::string text = "a" + std::string(1, static_cast<char>(byte)) + "b";
            const auto read = nlohmann::json::parse(written(text).substr(1));
            QCOMPARE(read.get<std::string>(), byte < 0x80 ? text : std::string("a\xEF\xBF\xBD") + "b");
        }
        QCOMPARE(nlohmann::json::parse(written("Zo\xC3\xAB").substr(1)).get<std::string>(),
                 std::string("Zo\xC3\xAB"));
    }
};

CEREBRAL_TEST(JsonTextTest)
#include "json_text_test.moc"
