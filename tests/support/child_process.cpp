#include "tests/support/child_process.h"

#include <linux/close_range.h>
#include <signal.h>
#include <unistd.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonDocument>
#include <QProcessEnvironment>

namespace cerebral::test {
namespace {

constexpr int kPollMs = 5;

QProcessEnvironment cleanEnvironment(const ChildProcess::Environment& added) {
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment clean;
    for (const char* name : {"PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LANG",
                             "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "CEREBRAL_CI"}) {
        if (own.contains(name)) clean.insert(name, own.value(name));
    }
    for (const auto& [name, value] : added) clean.insert(name, value);
    return clean;
}

}  // namespace

QString programPath(const QString& name) {
    return name.startsWith('/') ? name
                                : QDir::current().absoluteFilePath(QStringLiteral(CEREBRAL_BIN_DIR "/") + name);
}

ChildProcess::ChildProcess(const QString& program, const QStringList& arguments, const Environment& environment)
    : outFile_(files_.filePath("out")), errFile_(files_.filePath("err")) {
    process_.setProcessEnvironment(cleanEnvironment(environment));
    process_.setStandardOutputFile(outFile_.fileName());
    process_.setStandardErrorFile(errFile_.fileName());
    // A server in the test must be gone when it is closed, not live on in a child that inherited its sockets.
    process_.setChildProcessModifier([] { ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC); });
    process_.start(programPath(program), arguments);
    process_.waitForStarted();
    for (QFile* const file : {&outFile_, &errFile_}) (void)file->open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

ChildProcess::~ChildProcess() {
    if (process_.state() == QProcess::NotRunning) return;
    process_.kill();
    process_.waitForFinished();
}

void ChildProcess::drain() {
    out_ += outFile_.readAll();
    err_ += errFile_.readAll();
}

std::optional<QJsonObject> ChildProcess::waitForJson(const std::function<bool(const QJsonObject&)>& wanted,
                                                     int deadlineMs) {
    const QDeadlineTimer deadline(deadlineMs);
    qsizetype searched = 0;
    for (;;) {
        // Asked before reading: what it wrote before its end is read then.
        const bool running = process_.state() != QProcess::NotRunning;
        drain();
        for (qsizetype end = out_.indexOf('\n', searched); end >= 0; end = out_.indexOf('\n', searched)) {
            const QByteArray line = out_.mid(searched, end - searched);
            searched = end + 1;
            const QJsonDocument document = QJsonDocument::fromJson(line);
            if (document.isObject() && wanted(document.object())) return document.object();
        }
        if (!running || deadline.hasExpired()) return {};
        process_.waitForFinished(kPollMs);
    }
}

std::optional<int> ChildProcess::waitForExit(int deadlineMs) {
    if (process_.state() != QProcess::NotRunning && !process_.waitForFinished(deadlineMs)) return {};
    drain();
    return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -1;
}

void ChildProcess::terminate() {
    signal(SIGTERM);
}
void ChildProcess::kill() {
    signal(SIGKILL);
}
void ChildProcess::signal(int number) {
    if (process_.state() == QProcess::Running) ::kill(static_cast<pid_t>(process_.processId()), number);
}

QByteArray ChildProcess::standardOutput() {
    drain();
    return out_;
}

QByteArray ChildProcess::standardError() {
    drain();
    return err_;
}

Finished runToEnd(const QString& program, const QStringList& arguments, const ChildProcess::Environment& environment,
                  int deadlineMs) {
    ChildProcess child(program, arguments, environment);
    const std::optional<int> exitCode = child.waitForExit(deadlineMs);
    return {exitCode.value_or(-1), child.standardOutput(), child.standardError()};
}

}  // namespace cerebral::test
