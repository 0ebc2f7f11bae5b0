#pragma once
/// @file ChildProcess: a real program under test, ended with the test that started it.
///
/// Runs programs out of the build's bin folder. stdout is read line by line (services write one JSON
/// object a line); both streams go to files, so that a child never waits for a test that does not read.
/// Waiting is always for a condition with a deadline, never for time to pass. Use from the test's main
/// thread only.

#include <QByteArray>
#include <QFile>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <functional>
#include <map>
#include <optional>

namespace cerebral::test {

class ChildProcess {
public:
    using Environment = std::map<QString, QString>;

    /// `program`: a name in the build's bin folder, or an absolute path. The environment is added to a
    /// clean one (PATH, HOME, TMPDIR and sanitizer options only), so that a developer's shell does not leak in.
    ChildProcess(const QString& program, const QStringList& arguments, const Environment& environment = {});
    /// Kills by pid and reaps.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] bool started() const { return process_.state() == QProcess::Running; }
    [[nodiscard]] qint64 pid() const { return process_.processId(); }

    /// The first stdout line, seen or still to come, that is a JSON object for which `wanted` holds.
    std::optional<QJsonObject> waitForJson(const std::function<bool(const QJsonObject&)>& wanted,
                                           int deadlineMs = 20'000);
    /// Waits for the end. Empty when the deadline passed first.
    std::optional<int> waitForExit(int deadlineMs = 20'000);
    void terminate();  ///< SIGTERM
    void kill();       ///< SIGKILL
    void signal(int number);

    /// Everything said so far, both streams apart.
    [[nodiscard]] QByteArray standardOutput();
    [[nodiscard]] QByteArray standardError();

private:
    void drain();
    QTemporaryDir files_;
    QFile outFile_;
    QFile errFile_;
    QProcess process_;
    QByteArray out_;
    QByteArray err_;
};

/// Absolute path of a program in the build's bin folder.
[[nodiscard]] QString programPath(const QString& name);

struct Finished {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};
/// Runs to the end. exitCode -1: it did not start or overran the deadline.
[[nodiscard]] Finished runToEnd(const QString& program, const QStringList& arguments,
                                const ChildProcess::Environment& environment = {}, int deadlineMs = 60'000);

}  // namespace cerebral::test
