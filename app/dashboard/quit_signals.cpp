#include "app/dashboard/quit_signals.h"

#include <sys/signalfd.h>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <csignal>

namespace cerebral::dashboard {
namespace {

Descriptor openSignals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    return Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

QuitSignals::QuitSignals() : signals_(openSignals()) {}

void QuitSignals::watch() {
    auto* const notifier = new QSocketNotifier(signals_.get(), QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier] {
        notifier->setEnabled(false);
        QCoreApplication::quit();
    });
}

}  // namespace cerebral::dashboard
