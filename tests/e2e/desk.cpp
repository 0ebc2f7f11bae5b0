#include "tests/e2e/desk.h"

#include <QFile>
#include <QJsonDocument>

#include "ui/models/format.h"

namespace cerebral::test {
namespace {

const QString kRuns = QStringLiteral("/apis/tekton.dev/v1/namespaces/tekton-pipelines/pipelineruns");

}  // namespace

PlatformOptions Desk::optionsFor(const QStringList& clusterArguments) {
    PlatformOptions options;
    options.clusterArguments = clusterArguments;
    options.config = "maxPushAge: 0\n";
    return options;
}

Desk::Desk(const QStringList& clusterArguments, const std::function<void(const PlatformUnderTest&)>& before)
    : platform_(optionsFor(clusterArguments)) {
    if (!platform_.problem().isEmpty()) return;
    if (before) before(platform_);
    window_ = std::make_unique<OpenWindow>(platform_);
}

QString Desk::problem() const {
    return window_ ? window_->problem() : platform_.problem();
}

QStringList Desk::send(const QString& file) {
    // A process of its own, so that this thread goes on with the window's events.
    ChildProcess send("cerebralctl", {"send", file, "--url", platform_.receiverUrl(), "--secret-file",
                                      platform_.secretFile(), "--output", "json"});
    QJsonObject answer;
    const bool answered = QTest::qWaitFor(
        [&] {
            answer = QJsonDocument::fromJson(send.standardOutput()).object();
            return answer.contains("status");
        },
        kPatienceMs);
    QStringList names;
    if (!answered) return names;
    for (const QJsonValue run : answer["pipelineRuns"].toArray()) names << run["name"].toString();
    return names;
}

QStringList Desk::push(const QString& file) {
    return send(QStringLiteral(CEREBRAL_TEST_DATA "/push/") + file);
}

QStringList Desk::pushScenario(const QString& scenario, const QString& like) {
    QFile source(QStringLiteral(CEREBRAL_TEST_DATA "/push/") + like);
    if (!source.open(QIODevice::ReadOnly)) return {};
    QByteArray text = source.readAll();
    const QByteArray sha = QJsonDocument::fromJson(text)["after"].toString().toUtf8();
    text.replace(sha, QByteArray::number(++commits_, 16).rightJustified(8, '0') + sha.mid(8));
    QJsonObject push = QJsonDocument::fromJson(text).object();
    QJsonObject head = push["head_commit"].toObject();
    head["message"] = QStringLiteral("feat: a change [demo:%1]").arg(scenario);
    push["head_commit"] = head;
    QFile file(platform_.folder() + QStringLiteral("/push.json"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(QJsonDocument(push).toJson());
    file.close();
    return send(file.fileName());
}

journey::PushPtr Desk::pushOf(const QString& run) {
    journey::PushPtr found;
    const std::string wanted = run.toStdString();
    const bool there = QTest::qWaitFor(
        [&] {
            pushes().forEach([&](const journey::Push& push) {
                for (const journey::ServiceJourney& journey : push.services) {
                    if (journey.run.name() == wanted) found = pushes().pushFor(push.key);
                }
            });
            const ui::PushesPage& page = window().pushesPage();
            return found != nullptr && (!page.isVisible() || window().pushesPage().view().isVisible());
        },
        kPatienceMs);
    return there ? found : nullptr;
}

QStringList Desk::created() const {
    QStringList names;
    for (const QJsonValue entry : platform_.createRecord()) names << entry["name"].toString();
    return names;
}

QJsonValue Desk::runOnServer(const QString& name) const {
    return platform_.read(kRuns + QLatin1Char('/') + name);
}

QStringList Desk::runsOnServer() const {
    QStringList names;
    for (const QJsonValue run : platform_.read(kRuns)["items"].toArray()) names << run["metadata"]["name"].toString();
    names.sort();
    return names;
}

QStringList Desk::runsInWindow() {
    QStringList names;
    window().runs().forEach([&](const ui::RunRow& row) { names << row.name(); });
    names.sort();
    return names;
}

QWidget* Desk::keyboard() {
    QWidget* top = QApplication::activePopupWidget();
    if (top == nullptr) top = QApplication::activeModalWidget();
    if (top == nullptr) top = &window();
    return top->focusWidget() != nullptr ? top->focusWidget() : top;
}

void Desk::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(keyboard(), key, modifiers);
}

void Desk::type(const QString& text) {
    QTest::keyClicks(keyboard(), text);
}

}  // namespace cerebral::test
