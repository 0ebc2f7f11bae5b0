#include "tests/support/process_tree.h"

#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QSet>

namespace cerebral::test {
namespace {

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QSet<QByteArray> socketsOf(qint64 pid) {
    QSet<QByteArray> inodes;
    const QString folder = QStringLiteral("/proc/%1/fd").arg(pid);
    for (const QString& name : QDir(folder).entryList(QDir::System | QDir::AllEntries | QDir::NoDotAndDotDot)) {
        // The target is no file: "socket:[123]".
        char target[64] = {};
        const QByteArray link = QFile::encodeName(folder + '/' + name);
        if (::readlink(link.constData(), target, sizeof(target) - 1) < 0) continue;
        const QByteArray text(target);
        if (text.startsWith("socket:[")) inodes.insert(text.mid(8).chopped(1));
    }
    return inodes;
}

}  // namespace

QList<qint64> childrenOf(qint64 pid) {
    QList<qint64> children;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        // "PID (NAME) STATE PPID …"; the name may hold spaces and brackets.
        const QByteArray stat = read(QStringLiteral("/proc/%1/stat").arg(name));
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 1 && fields[0] != "Z" && fields[1].toLongLong() == pid) children << name.toLongLong();
    }
    return children;
}

QList<quint16> listeningPorts(qint64 pid) {
    constexpr int kLocalAddress = 1;
    constexpr int kState = 3;
    constexpr int kInode = 9;
    const QSet<QByteArray> own = socketsOf(pid);
    QList<quint16> ports;
    for (const QByteArray& line : read(QStringLiteral("/proc/net/tcp")).split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() <= kInode || fields[kState] != "0A" || !own.contains(fields[kInode])) continue;
        ports << fields[kLocalAddress].split(':').value(1).toUShort(nullptr, 16);
    }
    return ports;
}

}  // namespace cerebral::test
