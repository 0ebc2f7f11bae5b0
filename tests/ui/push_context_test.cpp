#include "ui/models/push_context.h"

#include <QtTest/QtTest>

#include "core/base/clock.h"
#include "tests/support/test_main.h"
#include "tests/ui/push_maker.h"

using namespace cerebral;
using namespace cerebral::ui;

class PushContextTest : public QObject {
    Q_OBJECT

    SystemClock clock_;
    std::unique_ptr<PushModel> model_;

    void add(journey::Push push) {
        journey::PushChanges changes;
        changes.changed.push_back(test::shared(std::move(push)));
        model_->apply(changes);
    }

    /// On main, live in its pods.
    static journey::Push live(test::PushMaker& maker, int minutesAgo) {
        journey::Push push = maker.make({"ai-services"}, journey::Stage::Live, minutesAgo);
        maker.put(push.services.front(), journey::Stage::Live, journey::StageState::Done);
        push.branch = "main";
        push.services.front().digest = "sha256:" + std::string(64, 'a');
        return push;
    }

private slots:
    void init() { model_ = std::make_unique<PushModel>(clock_); }

    void whatIsInThePods() {
        test::PushMaker maker(1);
        QCOMPARE(liveImage(*model_, "ai-services").words, QString());
        add(live(maker, 60));
        journey::Push failed = maker.make({"ai-services"}, journey::Stage::Build, 1);
        add(failed);
        QCOMPARE(liveImage(*model_, "ai-services").words, QStringLiteral("main@aaaaaaa in 2/2 pods"));
        QCOMPARE(liveImage(*model_, "bmad-services").words, QString());
    }

    void pushesAreCountedWhereAllAreKnown() {
        test::PushMaker maker(2);
        std::string at = "green";
        for (const char* commit : {"one", "two", "three"}) {
            journey::Push push = maker.make({"ai-services"}, journey::Stage::Build, 5);
            push.branch = "main";
            push.before = at;
            push.commit = at = commit;
            push.key = commit;
            add(push);
        }
        QCOMPARE(pushesBetween(*model_, "main", "green", "three"), 3);
        QCOMPARE(pushesBetween(*model_, "main", "two", "three"), 1);
        QCOMPARE(pushesBetween(*model_, "main", "older", "three"), 0);
        QCOMPARE(pushesBetween(*model_, "feature/x", "green", "three"), 0);
        QCOMPARE(pushesBetween(*model_, "main", "three", "three"), 0);
        // Two that force each other out are no way.
        journey::Push back = maker.make({"ai-services"}, journey::Stage::Build, 4);
        back.branch = "main";
        back.before = "three";
        back.commit = "one";
        back.key = "back";
        add(back);
        QVERIFY(pushesBetween(*model_, "main", "nowhere", "three") == 0);
    }
};

CEREBRAL_TEST(PushContextTest)
#include "push_context_test.moc"
