// The book of pushes with 10,000 of them: filling it, one change, the receiver's deliveries, and "is my commit live?"
// at its worst: the oldest commit of one long branch, and a beginning that all commits share.
#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

#include "core/journey/verdict.h"
#include "tests/bench/report.h"
#include "tests/bench/timing.h"
#include "tests/unit/journey/many_pushes.h"

using namespace cerebral;
using journey::PushBook;
using test::ManyPushes;

namespace {

using bench::medianOf;
using bench::millisOf;

constexpr std::size_t kFew = 500;
constexpr std::size_t kMany = 10'000;
constexpr std::size_t kServices = 18;

struct Figures {
    double fill = 0;        ///< ms for each push
    double change = 0;      ///< a pod becomes ready or unready
    double deliveries = 0;  ///< all of them again, one differs
    double newest = 0;      ///< is the newest commit live?
    double oldest = 0;      ///< and the oldest, which only a walk along the branch can tell
    double ambiguous = 0;
};

Figures measure(std::size_t count) {
    const ManyPushes pushes(count, kServices, 8);
    PushBook book;
    Figures figures;
    figures.fill = millisOf([&] {
                       pushes.fill(book);
                       (void)book.update();
                   }) /
                   static_cast<double>(count);

    bool ready = true;
    figures.change = medianOf(101, [&] {
        ready = !ready;
        kube::Changes<kube::Pod> changes;
        changes.updated.push_back(pushes.pod(count - 1, ready));
        book.apply(changes);
        (void)book.update();
    });

    std::vector<journey::DeliveryRecord> records(count);
    for (std::size_t i = 0; i < count; ++i) {
        records[i].delivery = pushes.delivery(i);
        records[i].after = pushes.commit(i);
        records[i].status = "created";
    }
    book.setDeliveries(records);
    (void)book.update();
    int differs = 0;
    figures.deliveries = medianOf(11, [&] {
        records[count / 2].reason = std::to_string(++differs);
        book.setDeliveries(records);
        (void)book.update();
    });

    figures.newest = medianOf(101, [&] { (void)journey::isLive(book, pushes.commit(count - 1)); });
    figures.oldest = medianOf(11, [&] { (void)journey::isLive(book, pushes.commit(0)); });
    figures.ambiguous = medianOf(101, [&] { (void)journey::isLive(book, "cccc"); });
    return figures;
}

}  // namespace

int main() {
    bench::Report report("push_book");
    const Figures few = measure(kFew);
    const Figures many = measure(kMany);
    report.note("10,000 pushes: filled", many.fill * static_cast<double>(kMany), "ms");
    report.note("10,000 pushes: a pod changed", many.change, "ms");
    report.note("10,000 pushes: 10,000 deliveries again, one differs", many.deliveries, "ms");
    report.note("10,000 pushes: is the newest commit live?", many.newest, "ms");
    report.note("10,000 pushes: is the oldest commit live?", many.oldest, "ms");
    report.note("10,000 pushes: a beginning that all commits share", many.ambiguous, "ms");
    report.atMost("cost of one push among 10,000 / among 500, filling", many.fill / few.fill, 4, "x");
    report.atMost("newest commit among 10,000 / among 500", many.newest / few.newest, 4, "x");
    report.atMost("shared beginning among 10,000 / newest commit", many.ambiguous / many.newest, 4, "x");
    report.atMost("oldest commit / filling the book", many.oldest / (many.fill * static_cast<double>(kMany)), 0.2,
                  "x");
    return report.exitCode();
}
