#include <QtTest/QtTest>

#include "core/base/time_format.h"
#include "core/webhook/push_event.h"
#include "tests/support/golden.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::webhook;

class PushEventTest : public QObject {
    Q_OBJECT

    static QString errorOf(const std::string& json) {
        const auto push = parsePushEvent(json);
        if (push) return "accepted";
        return QString::fromStdString(push.error().message);
    }
    static std::string edited(const char* from, const char* to) {
        std::string json = test::readTestData("push/one-service.json");
        const std::size_t at = json.find(from);
        Q_ASSERT(at != std::string::npos);
        return json.replace(at, std::strlen(from), to);
    }

private slots:
    void aPublishedPush() {
        const auto push = parsePushEvent(test::readTestData("webhooks-examples/push.4.json"));
        QVERIFY2(push.has_value(), push ? "" : push.error().message.c_str());
        QCOMPARE(push->repository, std::string("Codertocat/Hello-World"));
        QCOMPARE(push->cloneUrl, std::string("https://github.com/Codertocat/Hello-World.git"));
        QCOMPARE(push->defaultBranch, std::string("master"));
        QCOMPARE(push->ref, std::string("refs/heads/master"));
        QCOMPARE(push->shortRef(), std::string_view("master"));
        QVERIFY(push->isBranch() && push->created && !push->deleted && !push->forced);
        QCOMPARE(push->before, std::string(40, '0'));
        QCOMPARE(push->after, std::string("6113728f27ae82c7b1a177c8d03f9e96e0adf246"));
        QCOMPARE(push->pushedAtText, std::string("1557933657"));
        QCOMPARE(formatRfc3339(*push->pushedAt), std::string("2019-05-15T15:20:57Z"));
        QCOMPARE(push->pusher, std::string("Codertocat"));
        QCOMPARE(push->commits.size(), std::size_t{1});
        QVERIFY(push->commits[0].listsPresent);
        QCOMPARE(push->commits[0].added, std::vector<std::string_view>{"README.md"});
        QVERIFY(push->headCommit.has_value());
        QCOMPARE(push->headCommit->message, std::string("Initial commit"));
    }

    void everyPublishedPushParses() {
        for (int i = 0; i <= 6; ++i) {
            const auto push =
                parsePushEvent(test::readTestData("webhooks-examples/push." + std::to_string(i) + ".json"));
            QVERIFY2(push.has_value(), push ? "" : push.error().message.c_str());
        }
    }

    void absentListsAreNotEmptyLists() {
        const auto absent = parsePushEvent(test::readTestData("push/absent-lists.json"));
        QVERIFY(absent && !absent->commits.at(0).listsPresent);
        const auto one = parsePushEvent(test::readTestData("push/one-absent-list.json"));
        QVERIFY(one && !one->commits.at(0).listsPresent);
        QCOMPARE(one->commits.at(0).modified.size(), std::size_t{1});
        const auto empty = parsePushEvent(test::readTestData("push/empty-commit.json"));
        QVERIFY(empty && empty->commits.at(0).listsPresent);
        QCOMPARE(empty->commits.at(0).fileCount(), std::size_t{0});
    }

    void pushedAtMayBeText() {
        const auto push = parsePushEvent(edited("1795164850", "\"2026-11-20T08:54:10Z\""));
        QVERIFY(push && push->pushedAt);
        QCOMPARE(push->pushedAt->time_since_epoch(), std::chrono::seconds(1795164850));
        QCOMPARE(push->pushedAtText, std::string("2026-11-20T08:54:10Z"));
        const auto hostile = parsePushEvent(edited("1795164850", "9223372036854775807"));
        QVERIFY(hostile && !hostile->pushedAt);
        for (const char* odd : {"17951648505", "9223372037", "-1", "1e9", "\"1700-01-01T00:00:00Z\""}) {
            const auto late = parsePushEvent(edited("1795164850", odd));
            QVERIFY2(late && !late->pushedAt, odd);
        }
        QVERIFY(parsePushEvent(edited("1795164850", "9223372036"))->pushedAt.has_value());
        const auto none = parsePushEvent(edited("1795164850", "null"));
        QVERIFY(none && !none->pushedAt && none->pushedAtText.empty());
    }

    void whatCannotBeDecidedIsMalformed() {
        QVERIFY(errorOf("").startsWith("push payload: not JSON"));
        QVERIFY(errorOf("{").startsWith("push payload: not JSON"));
        QVERIFY(errorOf("{} {}").startsWith("push payload: not JSON"));
        QVERIFY(errorOf("{\"a\":\"\xff\"}").startsWith("push payload: not JSON"));
        QVERIFY(!parsePushEvent(std::string(100'000, '[')));
        QCOMPARE(errorOf("[]"), QString("push payload: not an object"));
        QCOMPARE(errorOf("{}"), QString("push payload: no repository"));
        QCOMPARE(errorOf(edited("\"full_name\"", "\"fullname\"")), QString("push payload: no repository.full_name"));
        QCOMPARE(errorOf(edited("refs/heads/main", "main")), QString("push payload: ref is not a full ref name"));
        QCOMPARE(errorOf(edited("refs/heads/main", "refs/heads/")),
                 QString("push payload: ref is not a full ref name"));
        QCOMPARE(errorOf(edited("\"before\": \"4fcf", "\"before\": \"XXXX")),
                 QString("push payload: before is not a commit id"));
        QCOMPARE(errorOf(edited("\"after\": \"9b1c", "\"after\": \"9b1\\u0000c")),
                 QString("push payload: after is not a commit id"));
        QCOMPARE(errorOf(edited("\"commits\": [", "\"commits\": [7,")),
                 QString("push payload: an entry of commits is not an object"));
    }

    void whatIsBrokenInAPartOfNoInterestIsBroken() {
        const auto broken = [](const std::string& value) {
            return errorOf(edited("\"repository\"", ("\"sender\": " + value + ", \"repository\"").c_str()));
        };
        QCOMPARE(broken("{\"a\": [1, -2.5e3, true, null, \"x\\n\", {}]}"), QString("accepted"));
        QVERIFY(broken("[1 2]").startsWith("push payload: not JSON"));
        QVERIFY(broken("{\"a\" 1}").startsWith("push payload: not JSON"));
        QVERIFY(broken("{\"a\": 1,}").startsWith("push payload: not JSON"));
        QVERIFY(broken("[1, 2}").startsWith("push payload: not JSON"));
        QVERIFY(broken("tru").startsWith("push payload: not JSON"));
        QVERIFY(broken("nil").startsWith("push payload: not JSON"));
        QVERIFY(broken("01").startsWith("push payload: not JSON"));
        QVERIFY(broken("\"\\x\"").startsWith("push payload: not JSON"));
        QVERIFY(broken("\"a\nb\"").startsWith("push payload: not JSON"));
        QVERIFY(broken(std::string(100'000, '[') + std::string(100'000, ']')).startsWith("push payload: not JSON"));
    }

    void listsLookIntoThePayload() {
        const auto push = parsePushEvent(edited("\"microservices/ai-services/app/embed.py\"",
                                                "\"caf\\u00e9/\\\"a\\\".py\" , \"plain.py\"\n , \"\", \"\\\\\""));
        QVERIFY2(push.has_value(), push ? "" : push.error().message.c_str());
        QCOMPARE(push->commits.at(0).modified,
                 (std::vector<std::string_view>{"caf\u00e9/\"a\".py", "plain.py", "", "\\"}));
        const auto odd = parsePushEvent(edited("\"microservices/ai-services/app/embed.py\"", "\"a\", 7, [\"b\"]"));
        QVERIFY(odd && !odd->commits.at(0).listsPresent);
        const auto copied = std::make_unique<PushEvent>(*push);
        QCOMPARE(copied->commits.at(0).modified.at(1), std::string_view("plain.py"));
    }
};

CEREBRAL_TEST(PushEventTest)
#include "push_event_test.moc"
