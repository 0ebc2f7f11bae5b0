#include "app/demo/store/object_store.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include "app/demo/sim/scheduler.h"
#include "app/demo/store/patch.h"
#include "core/base/time_format.h"
#include "tests/support/test_main.h"

using namespace cerebral;
using namespace cerebral::demo;

namespace {

class Recorder final : public ChangeSink {
public:
    bool onChange(const Change& change, const std::string&) override {
        seen += std::string(toString(change.type)) + " " + change.object->name + "\n";
        return true;
    }
    std::string seen;
};

struct Fixture {
    ManualScheduler scheduler{*parseRfc3339("2026-11-23T08:00:00Z")};
    Identity identity{7};
    ObjectStore store{identity, scheduler.clock(), 3};
    const ResourceKind& configMap = kindNamed("ConfigMap");

    Fixture() { (void)store.create(kindNamed("Namespace"), {{"metadata", {{"name", "ns"}}}}); }
    Result<ObjectPtr> add(const char* name, const char* uid = nullptr) {
        Json tree = {{"metadata", {{"name", name}, {"namespace", "ns"}, {"labels", {{"app", name}}}}}};
        if (uid) tree["metadata"]["ownerReferences"] = Json::array({{{"uid", uid}}});
        return store.create(configMap, tree);
    }
};

}  // namespace

class ObjectStoreTest : public QObject {
    Q_OBJECT
private slots:
    void namesAreUniqueAndValid() {
        Fixture f;
        QVERIFY(f.add("a").has_value());
        QCOMPARE(f.add("a").error().kind, ErrorKind::AlreadyExists);
        QCOMPARE(f.add("Bad_Name").error().kind, ErrorKind::Invalid);
        QCOMPARE(f.store.create(f.configMap, {{"metadata", {{"name", "x"}, {"namespace", "none"}}}}).error().kind,
                 ErrorKind::NotFound);
    }
    void aWatchResumesAndIsGoneBehindTheWindow() {
        Fixture f;
        const auto start = f.store.version();
        (void)f.add("a");
        const auto afterA = f.store.version();
        (void)f.add("b");
        (void)f.store.remove(f.configMap, "ns", "a");
        const auto sink = std::make_shared<Recorder>();
        QVERIFY(f.store.watch(f.configMap, afterA, sink).has_value());
        (void)f.add("c");
        QCOMPARE(sink->seen, std::string("ADDED b\nDELETED a\nADDED c\n"));
        QCOMPARE(f.store.watch(f.configMap, start, sink).error().kind, ErrorKind::Gone);
    }
    void ownedObjectsGoWithTheirOwner() {
        Fixture f;
        const auto owner = f.add("owner");
        (void)f.add("child", (*owner)->uid.c_str());
        const auto sink = std::make_shared<Recorder>();
        (void)f.store.watch(f.configMap, f.store.version(), sink);
        (void)f.store.remove(f.configMap, "ns", "owner");
        QCOMPARE(sink->seen, std::string("DELETED owner\nDELETED child\n"));
        QCOMPARE(f.store.count(f.configMap), std::size_t{0});
    }
    void onlySpecChangesRaiseTheGeneration() {
        Fixture f;
        const ResourceKind& kind = kindNamed("PipelineRun");
        (void)f.store.create(kind, {{"metadata", {{"name", "r"}, {"namespace", "ns"}}}, {"spec", {{"a", 1}}}});
        const auto change = [&](const char* field, Part part) {
            return (*f.store.update(
                        kind, "ns", "r",
                        [&](Json& tree) {
                            tree[field]["a"] = 2;
                            return true;
                        },
                        part))
                ->parse();
        };
        QCOMPARE(change("status", Part::Spec).contains("status"), false);
        const Json status = change("status", Part::Status);
        QCOMPARE(status["metadata"]["generation"].get<int>(), 1);
        QCOMPARE(status["status"]["a"].get<int>(), 2);
        QCOMPARE(change("spec", Part::Spec)["metadata"]["generation"].get<int>(), 2);
    }
    void oneSeedGivesTheSameUids() {
        Fixture one, two;
        QCOMPARE((*one.add("a"))->uid, (*two.add("a"))->uid);
    }
    void strategicMergeMergesContainersByName() {
        Json tree = {{"metadata", Json::object()},
                     {"spec", {{"containers", {{{"name", "a"}, {"image", "1"}}, {{"name", "b"}, {"image", "1"}}}}}}};
        const Json patch = {{"spec", {{"containers", Json::array({{{"name", "b"}, {"image", "2"}}})}}}};
        QVERIFY(applyPatch(PatchKind::StrategicMerge, tree, patch).has_value());
        QCOMPARE(tree["spec"]["containers"].size(), std::size_t{2});
        QCOMPARE(tree["spec"]["containers"][1]["image"].get<std::string>(), std::string("2"));
    }
    void selectorsUnderstandSets_data() {
        QTest::addColumn<QString>("labels");
        QTest::addColumn<int>("found");
        QTest::newRow("equals") << "app=a" << 1;
        QTest::newRow("not equals") << "app!=a" << 1;
        QTest::newRow("in") << "app in (a,b)" << 2;
        QTest::newRow("notin") << "app notin (a)" << 1;
        QTest::newRow("exists") << "app" << 2;
        QTest::newRow("absent") << "!app" << 0;
    }
    void selectorsUnderstandSets() {
        QFETCH(QString, labels);
        QFETCH(int, found);
        Fixture f;
        (void)f.add("a");
        (void)f.add("b");
        const auto selector = Selector::parse(labels.toStdString(), "");
        QVERIFY(selector.has_value());
        QCOMPARE(static_cast<int>(f.store.list(f.configMap, "ns", *selector).objects.size()), found);
    }
};

CEREBRAL_TEST(ObjectStoreTest)
#include "object_store_test.moc"
