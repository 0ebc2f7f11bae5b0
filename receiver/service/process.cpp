#include "receiver/service/process.h"

#include <malloc.h>

#include <csignal>

#include "core/base/secret.h"

namespace cerebral::receiver {
namespace {

constexpr int kMmapThreshold = 256 * 1024;
constexpr int kArenas = 2;

sigset_t watched() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
    return set;
}

}  // namespace

void prepareProcess() noexcept {
    forbidCoreDumps();
    (void)std::signal(SIGPIPE, SIG_IGN);
    // Fixed, because glibc raises it to the size of what was freed: a 25 MB body would then stay with
    // the heap for ever. Few arenas, because every thread that ever allocates keeps one otherwise.
    mallopt(M_MMAP_THRESHOLD, kMmapThreshold);
    mallopt(M_TRIM_THRESHOLD, kMmapThreshold);
    mallopt(M_ARENA_MAX, kArenas);
}

Signals::Signals() {
    const sigset_t set = watched();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

ProcessSignal Signals::wait() const {
    const sigset_t set = watched();
    int number = 0;
    while (sigwait(&set, &number) != 0) {
    }
    return number == SIGHUP ? ProcessSignal::Reload : ProcessSignal::Terminate;
}

}  // namespace cerebral::receiver
