// What the window says of its connection: what is old, what was never read, and which of two feeds it is.
#include <QLabel>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/test_main.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/format.h"
#include "ui/pages/connection_menu.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/stale_banner.h"

using namespace cerebral;
using namespace cerebral::ui;
using namespace std::chrono_literals;
using cerebral::test::WindowFixture;

class ConnectionWordsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> f_;

    void lose(bool everRead, std::chrono::seconds ago = 42s) {
        kube::SyncState& state = f_->status.states.front().state;
        state.phase = kube::SyncPhase::Reconnecting;
        state.hasSynced = everRead;
        state.since = f_->clock.steadyNow() - ago;
        state.lastProof = everRead ? state.since : SteadyTime{};
        state.why = "Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server";
        f_->window->refreshConnection();
    }
    [[nodiscard]] QString banner() const { return f_->window->findChild<StaleBanner*>()->accessibleName(); }
    /// The page's answer for a push that is live in its pods.
    [[nodiscard]] CommitAnswer answerOf(const journey::Push& push) const {
        return commitAnswer({journey::answerFor(push, push.services.front())}, f_->pushes);
    }

private slots:
    void init() { f_ = std::make_unique<WindowFixture>(); }
    void cleanup() {
        f_->window.reset();
        f_.reset();
    }

    void whatIsOldSaysOfWhen() {
        lose(true);
        const QString clock = formatClockSeconds(f_->clock.now() - 42s);
        QVERIFY2(banner().contains(QStringLiteral("What you see is from ") + clock), qPrintable(banner()));
        QCOMPARE(f_->window->topBar().pill().label(), QStringLiteral("Reconnecting · data 42 s old"));
    }

    void whatWasNeverReadIsNotFromAnyTime() {
        lose(false);
        QVERIFY2(!banner().contains(QLatin1String("What you see")), qPrintable(banner()));
        QVERIFY2(banner().startsWith(QLatin1String("No connection to dev-cluster. Nothing of it has been read")),
                 qPrintable(banner()));
        QVERIFY(banner().endsWith(QLatin1String("Nobody answers at 127.0.0.1:1.")));
        QCOMPARE(f_->window->topBar().pill().label(), QStringLiteral("Reconnecting · nothing read yet"));
    }

    void anAnswerOfBeforeIsInThePastTense() {
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Live, 9);
        f_->pushMaker.put(push.services.front(), journey::Stage::Live, journey::StageState::Done);
        f_->pushes.apply({{cerebral::test::shared(push)}, {}});
        QCOMPARE(answerOf(push).lines.front().verdict, QStringLiteral("is live in 2/2 pods"));
        lose(true);
        const CommitAnswer answer = answerOf(push);
        QVERIFY(answer.held);
        QCOMPARE(answer.lines.front().verdict, QStringLiteral("was live in 2/2 pods"));
        QCOMPARE(answer.lines.front().rest, QStringLiteral(" at ") + formatClockSeconds(f_->clock.now() - 42s));
        QVERIFY(answer.lines.front().detail.endsWith(QLatin1String("cannot be checked now")));
        QVERIFY(!answer.lines.front().detail.contains(QLatin1String("on its way")));
    }

    void twoFeedsOfAKindAreToldApart() {
        KindSync here = f_->status.states.front();
        here.plural = QStringLiteral("events");
        here.ns = QStringLiteral("tekton-pipelines");
        KindSync there = here;
        there.ns = QStringLiteral("cerebral-platform");
        const auto menu = std::make_unique<ConnectionMenu>(
            f_->theme, summarize({here, there, f_->status.states.front()}, f_->clock.steadyNow()), [] {},
            f_->window.get());
        QStringList names;
        for (const QAction* action : menu->actions()) names << action->text().section(QLatin1Char('\t'), 0, 0);
        QVERIFY(names.contains(QStringLiteral("events in tekton-pipelines")));
        QVERIFY(names.contains(QStringLiteral("events in cerebral-platform")));
        QVERIFY(names.contains(QStringLiteral("pipelineruns")));
    }

    /// The pill and the list behind it tell one age, also while it is open.
    void theMenuIsAsOldAsThePill() {
        f_->window->show();
        f_->window->refreshConnection();
        f_->clock.advance(1400ms);
        emit f_->window->topBar().connectionRequested();
        const auto* menu = f_->window->findChild<ConnectionMenu*>();
        QVERIFY(menu != nullptr);
        const auto agree = [&] {
            const QString age = f_->window->topBar().pill().label().section(QStringLiteral(" · "), 1);
            return menu->actions().front()->text().endsWith(QStringLiteral("live, %1 old").arg(age));
        };
        QVERIFY2(agree(), qPrintable(menu->actions().front()->text()));
        const QRect before = menu->geometry();
        f_->clock.advance(10s);
        f_->window->refreshConnection();
        QVERIFY2(agree(), qPrintable(menu->actions().front()->text()));
        QVERIFY(menu->width() != before.width());
        QCOMPARE(menu->geometry().right(), before.right());
    }

    /// Two names cut in the middle would read as one that there is not.
    void namespacesAreNotCutIntoOneName() {
        auto& top = f_->window->topBar();
        f_->window->show();
        QCOMPARE(top.namespacesButton().text(), QStringLiteral("tekton-pipelines, cerebral-platform"));
        QCOMPARE(top.namespacesButton().shown(), top.namespacesButton().text());
        PickButton narrow(f_->theme, {}, nullptr);
        narrow.setLabel(QStringLiteral("tekton-pipelines, cerebral-platform"), QStringLiteral("tekton-pipelines +1"));
        narrow.resize(narrow.sizeHint());
        QCOMPARE(narrow.shown(), narrow.text());
        narrow.resize(narrow.sizeHint() - QSize(20, 0));
        QCOMPARE(narrow.shown(), QStringLiteral("tekton-pipelines +1"));
        QCOMPARE(narrow.toolTip(), narrow.text());
    }

    void anAnswerIsInStepWithItsRow() {
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Clone, 1);
        f_->pushes.apply({{cerebral::test::shared(push)}, {}});
        const std::vector<journey::Answer> asked{journey::answerFor(push, push.services.front())};
        QVERIFY(commitAnswer(asked, f_->pushes).lines.front().rest.startsWith(QLatin1String(": in Clone")));
        f_->pushMaker.put(push.services.front(), journey::Stage::Build, journey::StageState::Running);
        f_->pushes.apply({{cerebral::test::shared(push)}, {}});
        const AnswerLine line = commitAnswer(asked, f_->pushes).lines.front();
        QVERIFY2(line.rest.startsWith(QLatin1String(": in Build")), qPrintable(line.rest));
    }

    void anAnswerSaysOfNewerPushesWhatTheirRowsSay() {
        journey::Push push = f_->pushMaker.make({"ai-services"}, journey::Stage::Live, 9);
        push.branch = "main";
        f_->pushMaker.put(push.services.front(), journey::Stage::Live, journey::StageState::Done);
        journey::Push newer = f_->pushMaker.make({"ai-services"}, journey::Stage::Clone, 1);
        newer.branch = "main";
        f_->pushes.apply({{cerebral::test::shared(push)}, {}});
        QVERIFY(answerOf(push).lines.front().detail.endsWith(QLatin1String("nothing newer is on its way")));
        // Received, and nobody knows yet what it builds.
        journey::Push received = newer;
        received.services.clear();
        f_->pushes.apply({{cerebral::test::shared(received)}, {}});
        QVERIFY(answerOf(push).lines.front().detail.endsWith(QLatin1String("a newer push is on its way")));
        f_->pushes.apply({{cerebral::test::shared(newer)}, {}});
        QVERIFY(answerOf(push).lines.front().detail.endsWith(QLatin1String("a newer push is on its way")));
    }

    void theCauseIsReadWhole() {
        lose(true);
        f_->status.states.front().state.why = std::string(60, 'w') + " " + std::string(60, 'x');
        const auto menu = std::make_unique<ConnectionMenu>(
            f_->theme, summarize(f_->status.states, f_->clock.steadyNow()), [] {}, f_->window.get());
        const auto* cause = menu->findChild<QLabel*>();
        QVERIFY(cause != nullptr);
        QCOMPARE(cause->text(), fromUtf8(f_->status.states.front().state.why));
        QCOMPARE(cause->palette().color(QPalette::WindowText), f_->theme.colors().text2);
        QVERIFY(cause->minimumHeight() >= cause->heightForWidth(cause->minimumWidth()));
    }

    void aCommandGoesOnBetweenItsWords() {
        const QFont font = f_->theme.fonts().mono;
        const QString command =
            QStringLiteral("cerebralctl send push.json --url \"$RECEIVER\" --secret-file 'my secret'");
        const QStringList lines =
            commandLines(command, font, QFontMetricsF(font).horizontalAdvance(QLatin1Char('x')) * 30);
        QVERIFY(lines.size() > 2);
        QStringList words;
        for (const QString& line : lines) words << line.trimmed();
        QCOMPARE(words.join(QLatin1Char(' ')), command);
        const double narrow = QFontMetricsF(font).horizontalAdvance(QLatin1Char('x')) * 12;
        QString again;
        for (const QString& line : commandLines(command, font, narrow)) {
            QVERIFY2(QFontMetricsF(font).horizontalAdvance(line) <= narrow + 0.5, qPrintable(line));
            again += line.simplified();
        }
        QCOMPARE(again.remove(QLatin1Char(' ')), QString(command).remove(QLatin1Char(' ')));
        for (const QString& whole : {QStringLiteral("--secret-file"), QStringLiteral("'my secret'")}) {
            QVERIFY(
                std::any_of(lines.begin(), lines.end(), [&](const QString& line) { return line.contains(whole); }));
        }
    }

    void aFlagStandsBesideItsValue() {
        const QFont font = f_->theme.fonts().mono;
        const QString whom = QStringLiteral("--serviceaccount=tekton-pipelines:github-webhook-receiver");
        const QString command =
            QStringLiteral("kubectl create rolebinding desk --clusterrole=view %1 -n tekton-pipelines").arg(whom);
        const double cell = QFontMetricsF(font).horizontalAdvance(QLatin1Char('x'));
        for (int columns = static_cast<int>(whom.size()) + 2; columns <= command.size(); ++columns) {
            const QStringList lines = commandLines(command, font, cell * columns);
            for (const QString& whole : {whom, QStringLiteral("-n tekton-pipelines")}) {
                QVERIFY2(std::any_of(lines.begin(), lines.end(),
                                     [&](const QString& line) { return line.contains(whole); }),
                         qPrintable(lines.join(QLatin1Char('\n'))));
            }
        }
    }

    void nothingOfAnotherPlatformIsNamedWhereNothingWasPushed() {
        f_->pushes.clear();
        QVERIFY(f_->open());
        const auto command = [this] {
            for (const auto* text : f_->window->pushesPage().findChildren<CommandText*>()) {
                if (text->text().startsWith(QLatin1String("cerebralctl send"))) return text->text();
            }
            return QString();
        };
        QTRY_COMPARE(command(),
                     QStringLiteral("cerebralctl send push.json --url \"$RECEIVER\" --secret-file secret"));
        // Nothing to filter, nothing to ask for, until somebody does.
        QVERIFY(!f_->window->pushesPage().filters().isVisible());
        QVERIFY(!f_->window->pushesPage().commitBox().isVisible());
        QTest::keyClick(f_->window.get(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(f_->window->pushesPage().commitBox().isVisible());
        QVERIFY(f_->window->pushesPage().commitBox().field().hasFocus());
    }
};

CEREBRAL_TEST(ConnectionWordsTest)
#include "connection_words_test.moc"
