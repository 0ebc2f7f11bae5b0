#include "tests/support/tools.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include "tests/support/child_process.h"

namespace cerebral::test {

QString usableKubectl() {
    const QString path = QStandardPaths::findExecutable("kubectl");
    if (path.isEmpty()) return {};
    const Finished asked = runToEnd(path, {"version", "--client", "-o", "json"});
    const QJsonObject version = QJsonDocument::fromJson(asked.out).object().value("clientVersion").toObject();
    return version.value("minor").toString().remove('+').toInt() >= 28 ? path : QString();
}

bool toolsAreRequired() {
    return qEnvironmentVariableIsSet("CEREBRAL_CI");
}

}  // namespace cerebral::test
