#include "core/kube/logs/container_state.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include "tests/support/captures.h"
#include "tests/support/print.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using kube::LogSourceState;
using kube::readContainerState;
using nlohmann::json;

namespace {

json pod(const std::string& policy, const std::string& phase, const json& state, int restarts = 0) {
    const json container{{"name", "c"}, {"restartCount", restarts}, {"state", state}};
    return {{"metadata", {{"uid", "u"}}},
            {"spec", {{"restartPolicy", policy}, {"containers", json::array({{{"name", "c"}}})}}},
            {"status", {{"phase", phase}, {"containerStatuses", json::array({container})}}}};
}

LogSourceState::Phase phaseOf(const json& value) {
    return readContainerState(value.dump(), "c").value().phase;
}

}  // namespace

class ContainerStateTest : public QObject {
    Q_OBJECT
private slots:
    void phases() {
        using Phase = LogSourceState::Phase;
        const json running{{"running", json::object()}};
        const json waiting{{"waiting", {{"reason", "PodInitializing"}}}};
        const auto exited = [](int code) { return json{{"terminated", {{"exitCode", code}}}}; };
        QVERIFY(phaseOf(pod("Never", "Pending", waiting)) == Phase::NotStarted);
        QVERIFY(phaseOf(pod("Never", "Running", running)) == Phase::Running);
        QVERIFY(phaseOf(pod("Never", "Running", exited(1))) == Phase::Ended);
        QVERIFY(phaseOf(pod("Always", "Running", exited(0))) == Phase::Restarting);
        QVERIFY(phaseOf(pod("OnFailure", "Running", exited(0))) == Phase::Ended);
        QVERIFY(phaseOf(pod("OnFailure", "Running", exited(2))) == Phase::Restarting);
        QVERIFY(phaseOf(pod("Always", "Failed", exited(0))) == Phase::Ended);
        QVERIFY(phaseOf(pod("Always", "Running", waiting, 3)) == Phase::Restarting);
        QVERIFY(phaseOf(pod("Always", "Failed", waiting)) == Phase::Ended);
        json evicted = pod("Never", "Failed", waiting);
        evicted["status"].erase("containerStatuses");
        QVERIFY(phaseOf(evicted) == Phase::Ended);
    }

    void recordedPods() {
        const json list = json::parse(test::readCapture("list/pods.tekton-pipelines.json"));
        std::size_t steps = 0;
        for (const json& item : list["items"]) {
            for (const json& container : item["spec"]["containers"]) {
                const auto state = readContainerState(item.dump(), container["name"].get<std::string>());
                VERIFY_OK(state);
                QVERIFY(!state->podUid.empty());
                ++steps;
            }
        }
        QVERIFY(steps > 5);
    }

    void errors() {
        COMPARE_ERROR(readContainerState("{", "c"), ErrorKind::Malformed);
        COMPARE_ERROR(readContainerState(pod("Never", "Running", {}).dump(), "other"), ErrorKind::Invalid);
        COMPARE_ERROR(readContainerState("[]", "c"), ErrorKind::Invalid);
    }
};

CEREBRAL_TEST(ContainerStateTest)
#include "container_state_test.moc"
