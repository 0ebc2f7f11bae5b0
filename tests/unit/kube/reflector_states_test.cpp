// How a reflector names its own state, and in what order it asks.

#include <QtTest/QtTest>

#include "core/kube/reflector.h"
#include "tests/support/fake_clock.h"
#include "tests/support/print.h"
#include "tests/support/scripted_transport.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/widget.h"

using namespace cerebral;
using namespace std::chrono_literals;

namespace {

std::string object(const std::string& name, int version) {
    return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"ns\",\"uid\":\"u-" + name +
           "\",\"resourceVersion\":\"" + std::to_string(version) + "\"}}";
}

std::string list(int version, const std::string& items) {
    return "{\"metadata\":{\"resourceVersion\":\"" + std::to_string(version) + "\"},\"items\":[" + items + "]}";
}

std::string watchEvent(const std::string& type, const std::string& content) {
    return "{\"type\":\"" + type + "\",\"object\":" + content + "}\n";
}

const std::string kForbidden =
    "{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"widgets.example.com is forbidden: "
    "User u cannot list resource widgets in the namespace ns\"}";

}  // namespace

class ReflectorStatesTest : public QObject {
    Q_OBJECT

    /// Runs until the script is at its end and returns the states announced: "live", "forbidden: why"…
    QStringList play(kube::ReflectorOptions options = {}) {
        QStringList states;
        std::stop_source stop;
        kube::ClusterAccess access;
        access.server = "https://x";
        kube::KubeClient client(transport_, access);
        const auto sink = test::makeWidgetSink(store_);
        options.type = test::kWidgets;
        options.ns = "ns";
        kube::Reflector reflector(client, *sink, clock_, features_, options);
        running_ = &reflector;
        reflector.setStateListener([&](const kube::SyncState& state) {
            states << QString::fromUtf8(toString(state.phase)) +
                          (state.why.empty() ? QString() : ": " + QString::fromStdString(state.why));
        });
        transport_.answer([&](const net::HttpRequest&) -> Result<net::HttpResponse> {
            stop.request_stop();
            return fail(ErrorKind::Cancelled, "end of the script");
        });
        reflector.run(stop.get_token());
        last_ = reflector.state();
        running_ = nullptr;
        return states;
    }

    QStringList asked() const {
        QStringList urls;
        for (const auto& request : transport_.requests) {
            QString url = QString::fromStdString(request.url).section('?', 1);
            url.remove(QRegularExpression("&?timeoutSeconds=\\d+")).remove("&allowWatchBookmarks=true");
            urls << url;
        }
        urls.removeLast();
        return urls;
    }

private slots:
    void init() {
        transport_.requests.clear();
        transport_.pieceSize = 1000;
        features_ = std::make_shared<kube::ServerFeatures>();
        features_->refuseWatchList();
        store_.clear();
    }

    void aMissingRightIsNamedAndAskedForAgain() {
        transport_.answer(403, kForbidden);
        transport_.answer(200, list(5, object("a", 5)));
        transport_.answer(403, kForbidden);
        transport_.answer(200, "");
        const QStringList states = play();
        QCOMPARE(states.size(), 5);
        QCOMPARE(states[0], QString("forbidden: list widgets.example.com in namespace ns: widgets.example.com is "
                                    "forbidden: User u cannot list resource widgets in the namespace ns"));
        QCOMPARE(states[1], states[0]);  // hasSynced became true
        QVERIFY(states[2].startsWith("forbidden: watch widgets.example.com"));
        QCOMPARE(states[3], QString("live"));
        QCOMPARE(states[4], QString("reconnecting: the server ended the watch at once"));
    }

    void aLostWatchBacksOffAndGoesOnWithoutAList() {
        transport_.answer(200, list(5, object("a", 5)));
        transport_.answer([&](const net::HttpRequest&) {
            clock_.advance(10s);
            return net::HttpResponse{200, {}, watchEvent("MODIFIED", object("a", 6))};
        });
        transport_.fail(ErrorKind::Unreachable);
        transport_.answer(429, "slow down", {{"Retry-After", "40"}});
        const SteadyTime before = clock_.steadyNow();
        play();
        QCOMPARE(asked(), QStringList({"limit=500", "watch=true&resourceVersion=5", "watch=true&resourceVersion=6",
                                       "watch=true&resourceVersion=6"}));
        const auto waited = clock_.steadyNow() - before - 10s;
        QVERIFY(waited >= 40800ms);  // 0.8 s at least, then what the server asked for
        QVERIFY(waited < 45s);
    }

    void aWatchThatEndsAtOnceIsAFailure() {
        transport_.answer(200, list(5, ""));
        transport_.answer(200, "");
        transport_.answer(200, "");
        const QStringList states = play();
        QVERIFY(states.contains("reconnecting: the server ended the watch at once"));
        QVERIFY(clock_.waits().size() >= 2);
    }

    void aCleanEndIsNoFailure() {
        transport_.answer(200, list(5, ""));
        for (int i = 0; i < 3; ++i) {
            transport_.answer([&](const net::HttpRequest&) {
                clock_.advance(5min);
                return net::HttpResponse{200, {}, ""};
            });
        }
        const QStringList states = play();
        QCOMPARE(states, QStringList({"loading", "live"}));
    }

    void aLineThatIsNoEventIsCountedAndListedAround() {
        transport_.answer(200, list(5, ""));
        transport_.answer(200, "rubbish\n" + watchEvent("ADDED", object("a", 6)));
        transport_.answer(200, list(7, object("a", 6)));
        play();
        QCOMPARE(last_.malformedEvents, std::uint64_t{1});
        QCOMPARE(store_.size(), std::size_t{1});
        QCOMPARE(asked(), QStringList({"limit=500", "watch=true&resourceVersion=5", "limit=500"}));
    }

    void anObjectThatIsNoObjectIsCountedAndPassedOver() {
        transport_.answer(200, list(5, "{\"metadata\":{}}," + object("a", 4)));
        transport_.answer(200, watchEvent("ADDED", "{\"metadata\":{\"resourceVersion\":\"6\"}}") +
                                   watchEvent("ADDED", object("b", 7)));
        play();
        QCOMPARE(last_.malformedEvents, std::uint64_t{2});
        QCOMPARE(store_.size(), std::size_t{2});
    }

    void pagesAreShownAsTheyArriveOnTheFirstLoadOnly() {
        const auto page = [](int version, const std::string& token, const std::string& items) {
            return "{\"metadata\":{\"resourceVersion\":\"" + std::to_string(version) + "\",\"continue\":\"" + token +
                   "\"},\"items\":[" + items + "]}";
        };
        std::vector<std::size_t> sizes;
        const auto note = [&](const std::string& body) {
            transport_.answer([this, body, &sizes](const net::HttpRequest&) {
                sizes.push_back(store_.size());
                return net::HttpResponse{200, {}, body};
            });
        };
        note(page(5, "t", object("a", 1) + "," + object("b", 2)));
        note(page(5, "", object("c", 3)));
        note(watchEvent("ERROR", "{\"code\":410,\"reason\":\"Expired\"}"));
        note(page(9, "t", object("c", 3) + "," + object("d", 8)));
        note(page(9, "", ""));
        note("");
        play();
        QCOMPARE(sizes, std::vector<std::size_t>({0, 2, 3, 3, 3, 2}));
    }

    void scopesAreListedAtOneVersionAndAllIsWatched() {
        kube::ReflectorOptions options;
        options.labelSelector = "run";
        std::vector<std::string> scopes{"run in (a)", "run in (b)"};
        options.scopes = [&] { return scopes; };
        transport_.answer(200, list(5, object("a", 1)));
        transport_.answer(200, list(5, object("b", 2)));
        transport_.answer([&](const net::HttpRequest&) {
            scopes.clear();
            running_->relist();
            return net::HttpResponse{200, {}, watchEvent("ADDED", object("c", 6))};
        });
        transport_.answer(200, list(9, ""));
        const QStringList states = play(options);
        QCOMPARE(asked(), QStringList({"labelSelector=run%20in%20%28a%29&limit=500",
                                       "labelSelector=run%20in%20%28b%29&limit=500&resourceVersion=5&"
                                       "resourceVersionMatch=Exact",
                                       "watch=true&labelSelector=run&resourceVersion=5",
                                       "labelSelector=run&fieldSelector=metadata.name%3Dnone&limit=500"}));
        QCOMPARE(store_.size(), std::size_t{0});
        // Listing again on request is no trouble and is not shown as any.
        QCOMPARE(states.filter("reconnecting"), QStringList());
    }

private:
    test::ScriptedTransport transport_;
    test::FakeClock clock_;
    std::shared_ptr<kube::ServerFeatures> features_;
    kube::Store<test::Widget> store_;
    kube::Reflector* running_ = nullptr;
    kube::SyncState last_;
};

CEREBRAL_TEST(ReflectorStatesTest)
#include "reflector_states_test.moc"
