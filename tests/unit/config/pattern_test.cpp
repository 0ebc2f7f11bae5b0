#include <QtTest/QtTest>

#include "core/config/config.h"
#include "tests/support/test_main.h"

using cerebral::config::matchesPattern;

class PatternTest : public QObject {
    Q_OBJECT
private slots:
    void matches_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* pattern, const char* path, bool expected) {
            QTest::addRow("%s %s", pattern, path) << pattern << path << expected;
        };
        row("README.md", "README.md", true);
        row("README.md", "docs/README.md", false);
        row("README.md", "README.mdx", false);
        row("microservices/a/**", "microservices/a/x.py", true);
        row("microservices/a/**", "microservices/a/b/c/x.py", true);
        row("microservices/a/**", "microservices/ab/x.py", false);
        row("microservices/a/**", "microservices/a", false);
        row("microservices/a/", "microservices/a/x.py", true);
        row("/microservices/a/", "microservices/a/x.py", true);
        row("docker/Dockerfile.ai-base.*", "docker/Dockerfile.ai-base.cuda", true);
        row("docker/Dockerfile.ai-base.*", "docker/Dockerfile.ai-base.cuda/x", false);
        row("*.md", "README.md", true);
        row("*.md", "docs/README.md", false);
        row("**/*.md", "README.md", true);
        row("**/*.md", "a/b/README.md", true);
        row("**/*.md", "a/b/README.mdx", false);
        row("a/**/z", "a/z", true);
        row("a/**/z", "a/b/c/z", true);
        row("a/**/z", "a/bz", false);
        row("a/*/z", "a/b/z", true);
        row("a/*/z", "a/b/c/z", false);
        row("*/Dockerfile", "ai/Dockerfile", true);
        row("microservices/*/", "microservices/x/y", true);
        row("microservices/*/", "microservices/x", false);
        row("release/*", "release/1", true);
        row("release/*", "release/1/2", false);
        row("feature/**", "feature/a/b", true);
        row("?.txt", "a.txt", true);
        row("?.txt", "/.txt", false);
        row("a*b*c", "aXbYbZc", true);
        row("a*b*c", "aXbYbZ", false);
        row("**", "anything/at/all", true);
        row("**", "", true);
        row("*", "", true);
        row("", "", true);
        row("", "a", false);
        row("x**y", "xa/by", true);
    }
    void matches() {
        QFETCH(QString, pattern);
        QFETCH(QString, path);
        QFETCH(bool, expected);
        QCOMPARE(matchesPattern(pattern.toStdString(), path.toStdString()), expected);
    }

    /// A backtracking matcher would need longer than the universe has.
    void hostilePatternsEnd() {
        std::string pattern;
        for (int i = 0; i < 100; ++i) pattern += "**/a*";
        QVERIFY(!matchesPattern(pattern + "b", std::string(5000, 'a')));
        QVERIFY(!matchesPattern(std::string("*a*a*a*a*a*a*a*a*a*a*a*a*b"), std::string(5000, 'a')));
    }
};

CEREBRAL_TEST(PatternTest)
#include "pattern_test.moc"
