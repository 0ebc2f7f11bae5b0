#include <QtTest/QtTest>

#include "core/analysis/ansi.h"
#include "tests/support/test_main.h"
#include "ui/models/yaml_colors.h"

using namespace cerebral;

class YamlColorsTest : public QObject {
    Q_OBJECT

    static std::string textOf(const std::vector<std::string>& lines) {
        std::string all;
        for (const std::string& line : lines) all += analysis::plainText(line) + "\n";
        return all;
    }
    static std::optional<int> colourOf(const std::string& line, const std::string& part) {
        analysis::AnsiStyle style;
        const analysis::AnsiLine parsed = analysis::parseAnsiLine(line, style);
        const std::size_t at = parsed.text.find(part);
        for (const analysis::StyleSpan& span : parsed.spans) {
            if (at >= span.begin && at < span.end) return span.style.foreground.red;
        }
        return std::nullopt;
    }

private slots:
    void theTextStaysWhatItWas() {
        const std::string yaml =
            "metadata:\n  name: run-1\n  labels:\n    \"a: b\": \"x: y # z\"\n  list:\n    - one\n    - key: 2\n"
            "  script: |\n    #!/bin/sh\n    echo key: value\n  after: true\n";
        QCOMPARE(textOf(ui::colouredYaml(yaml)), yaml);
    }
    void keysTextsAndNumbersDiffer() {
        const auto lines = ui::colouredYaml("replicas: 3\nname: run\nurl: https://host:80/x\n");
        QCOMPARE(colourOf(lines[0], "replicas"), std::optional(4));
        QCOMPARE(colourOf(lines[0], "3"), std::optional(5));
        QCOMPARE(colourOf(lines[1], "run"), std::optional(2));
        QCOMPARE(colourOf(lines[2], "host"), std::optional(2));
    }
    void aBlockOfTextHasNoKeys() {
        const auto lines = ui::colouredYaml("script: |\n  key: value\nnext: 1\n");
        QCOMPARE(colourOf(lines[1], "key"), std::optional(2));
        QCOMPARE(colourOf(lines[2], "next"), std::optional(4));
    }
    void textCannotColourItself() {
        const auto lines = ui::colouredYaml("name: \x1b[31mred\n");
        QCOMPARE(textOf(lines), std::string("name: [31mred\n"));
    }
};

CEREBRAL_TEST(YamlColorsTest)
#include "yaml_colors_test.moc"
