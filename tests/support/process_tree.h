#pragma once
/// @file What a process has: its children and the TCP ports it listens on, as the kernel lists them (proc(5)).

#include <QList>
#include <QtGlobal>

namespace cerebral::test {

/// Running children; zombies are not counted.
[[nodiscard]] QList<qint64> childrenOf(qint64 pid);
/// IPv4 ports in LISTEN that the process holds a descriptor of.
[[nodiscard]] QList<quint16> listeningPorts(qint64 pid);

}  // namespace cerebral::test
