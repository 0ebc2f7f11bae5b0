#include "core/kube/store.h"

#include <QtTest/QtTest>

#include "tests/support/print.h"
#include "tests/support/test_main.h"
#include "tests/unit/kube/widget.h"

using namespace cerebral;
using test::Widget;

namespace {

Widget widget(const std::string& name, const std::string& uid, const std::string& version) {
    Widget made;
    made.meta.ns = "ns";
    made.meta.name = name;
    made.meta.uid = uid;
    made.meta.resourceVersion = version;
    return made;
}

}  // namespace

class StoreTest : public QObject {
    Q_OBJECT

    /// "+a1 ~b2 -c3": what was announced since the last call, sorted within each kind.
    std::string announced() { return std::exchange(log_, {}); }

    void note(char sign, const std::vector<kube::ObjectPtr<Widget>>& list) {
        std::vector<std::string> entries;
        for (const auto& object : list) entries.push_back(sign + object->meta.uid + object->meta.resourceVersion);
        std::sort(entries.begin(), entries.end());
        for (const auto& entry : entries) log_ += (log_.empty() ? "" : " ") + entry;
    }

private slots:
    void init() {
        store_ = std::make_unique<kube::Store<Widget>>();
        store_->setListener([this](const kube::Changes<Widget>& changes) {
            note('+', changes.added);
            note('~', changes.updated);
            note('-', changes.removed);
        });
        announced();
    }

    void anEqualVersionIsNoChange() {
        store_->upsert(widget("x", "a", "1"));
        QCOMPARE(announced(), std::string("+a1"));
        store_->upsert(widget("x", "a", "1"));
        QCOMPARE(announced(), std::string());
        store_->upsert(widget("x", "a", "2"));
        QCOMPARE(announced(), std::string("~a2"));
    }

    void aNewUidUnderAnOldNameIsAnotherObject() {
        store_->upsert(widget("x", "a", "1"));
        announced();
        store_->upsert(widget("x", "b", "2"));
        QCOMPARE(announced(), std::string("+b2 -a1"));
        QCOMPARE(store_->size(), std::size_t{1});
    }

    void aStaleDeletionIsIgnored() {
        store_->upsert(widget("x", "b", "2"));
        announced();
        store_->remove(widget("x", "a", "1"));
        QCOMPARE(announced(), std::string());
        store_->remove(widget("x", "b", "3"));
        QCOMPARE(announced(), std::string("-b3"));
        store_->remove(widget("x", "b", "3"));
        QCOMPARE(announced(), std::string());
    }

    void replaceAnnouncesTheDifferenceAtOnce() {
        for (const char* name : {"a", "b", "c", "d"}) store_->upsert(widget(name, name, "1"));
        announced();
        std::vector<kube::ObjectPtr<Widget>> list;
        for (const auto& object :
             {widget("a", "a", "1"), widget("b", "b", "2"), widget("c", "C", "3"), widget("e", "e", "4")}) {
            list.push_back(std::make_shared<const Widget>(object));
        }
        store_->replace(list);
        QCOMPARE(announced(), std::string("+C3 +e4 ~b2 -c1 -d1"));
        QVERIFY(store_->find("ns/e") != nullptr);
        QVERIFY(store_->find("ns/d") == nullptr);
        store_->clear();
        QCOMPARE(announced(), std::string("-C3 -a1 -b2 -e4"));
    }

    void whatIsAnnouncedIsAlreadyVisible() {
        bool visible = false;
        store_->setListener([&](const kube::Changes<Widget>& changes) {
            visible = store_->find(changes.added.front()->meta.key()) == changes.added.front();
        });
        store_->upsert(widget("x", "a", "1"));
        QVERIFY(visible);
    }

private:
    std::unique_ptr<kube::Store<Widget>> store_;
    std::string log_;
};

CEREBRAL_TEST(StoreTest)
#include "store_test.moc"
