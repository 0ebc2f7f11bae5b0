#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "tests/support/child_process.h"
#include "tests/support/test_main.h"
#include "tests/unit/packaging/manifests.h"

using namespace cerebral;
using test::ChildProcess;
using test::Finished;

/// The tasks' scripts as they are shipped, run by a real shell; programs of the cluster are recorded.
class TaskScriptsTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString path(const QString& name) { return folder_.filePath(name); }
    QByteArray read(const QString& name) {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
    }
    void write(const QString& name, const QByteArray& content, bool executable = false) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        if (executable) QVERIFY(file.setPermissions(file.permissions() | QFile::ExeOwner));
    }
    /// `edit` replaces absolute paths of the step's image.
    Finished runStep(const std::string& task, ChildProcess::Environment environment,
                     const std::vector<std::pair<QString, QString>>& edit = {}) {
        QString script = QString::fromStdString(
            test::manifest("tekton/" + task + ".yaml", "Task", task)["spec"]["steps"][0]["script"].Scalar());
        for (const auto& [from, to] : edit) script.replace(from, to);
        write("script", script.toUtf8());
        environment["PATH"] = path("bin") + ":" + qEnvironmentVariable("PATH");
        return test::runToEnd("/bin/sh", {path("script")}, environment);
    }
    Finished git(const QStringList& arguments) {
        return test::runToEnd("/usr/bin/git", QStringList{"-C", path("origin")} + arguments,
                              {{"HOME", path("home")},
                               {"GIT_AUTHOR_NAME", "T"},
                               {"GIT_AUTHOR_EMAIL", "t@t"},
                               {"GIT_COMMITTER_NAME", "T"},
                               {"GIT_COMMITTER_EMAIL", "t@t"}});
    }
    ChildProcess::Environment deployment(const QString& containers) {
        write("bin/kubectl",
              "#!/bin/sh\nif [ \"$1\" = get ]; then printf '" + containers.toUtf8() +
                  "'; else for a in \"$@\"; do printf '[%s]' \"$a\" >> \"$CALLS\"; done; echo >> \"$CALLS\"; fi\n",
              true);
        return {{"CALLS", path("calls")},
                {"IMAGE", "10.34.0.202:5000/cerebral/ai-services"},
                {"TAG", "main"},
                {"DIGEST", "sha256:abc"},
                {"DEPLOYMENT", "ai-services"},
                {"TARGET_NAMESPACE", "cerebral-platform"},
                {"REVISION", ""},
                {"TIMEOUT", "10m"}};
    }

private slots:
    void init() {
        QVERIFY(folder_.isValid());
        for (const char* name : {"bin", "home", "source"}) QVERIFY(QDir(folder_.path()).mkpath(name));
        QFile::remove(path("calls"));
    }

    void cloneTakesExactlyTheCommit() {
        QVERIFY(QDir(folder_.path()).mkpath("origin"));
        QCOMPARE(git({"init", "-q", "-b", "main"}).exitCode, 0);
        write("origin/file", "one");
        QCOMPARE(git({"add", "file"}).exitCode, 0);
        QCOMPARE(git({"commit", "-qm", "First"}).exitCode, 0);
        const QString commit = git({"rev-parse", "HEAD"}).out.trimmed();
        write("source/left-behind", "by a first try");
        const QString hostile = "$(touch " + path("owned") + ")`touch " + path("owned") + "`";
        const Finished done = runStep("git-clone-task", {{"REPO_URL", "file://" + path("origin")},
                                                         {"REVISION", commit},
                                                         {"BRANCH", hostile},
                                                         {"SOURCE", path("source")},
                                                         {"CREDENTIALS_BOUND", "false"},
                                                         {"CREDENTIALS", ""},
                                                         {"COMMIT_RESULT", path("commit")},
                                                         {"URL_RESULT", path("url")},
                                                         {"BRANCH_RESULT", path("branch")},
                                                         {"HOME", path("home")}});
        QVERIFY2(done.exitCode == 0, done.err);
        QCOMPARE(read("commit"), commit.toUtf8());
        QCOMPARE(read("branch"), hostile.toUtf8());
        QCOMPARE(read("source/file"), QByteArray("one"));
        QVERIFY(!QFile::exists(path("source/left-behind")));
        QVERIFY(!QFile::exists(path("owned")));
    }

    void aRevisionIsNoOption() {
        const Finished done = runStep("git-clone-task", {{"REPO_URL", "file://" + path("origin")},
                                                         {"REVISION", "--upload-pack=touch " + path("owned")},
                                                         {"BRANCH", ""},
                                                         {"SOURCE", path("source")},
                                                         {"CREDENTIALS_BOUND", "false"},
                                                         {"CREDENTIALS", ""},
                                                         {"COMMIT_RESULT", path("commit2")},
                                                         {"URL_RESULT", path("url")},
                                                         {"BRANCH_RESULT", path("branch")},
                                                         {"HOME", path("home")}});
        QVERIFY(done.exitCode != 0);
        QVERIFY(!QFile::exists(path("owned")));
        QVERIFY(!QFile::exists(path("commit2")));
    }

    void kanikoGetsTheBaseInBothStylesOrNotAtAll() {
        write("bin/executor",
              "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done\nprintf sha256:abc > \"$DIGEST_RESULT\"\n", true);
        ChildProcess::Environment environment{{"IMAGE", "10.34.0.202:5000/cerebral/ai-services"},
                                              {"TAG", "main"},
                                              {"REGISTRY", "10.34.0.202:5000"},
                                              {"INTERNAL_REGISTRY", "internal-registry:5000"},
                                              {"BASE", "10.34.0.202:5000/cerebral/ai-base:cuda"},
                                              {"BASE_TAG", "cuda"},
                                              {"REVISION", "abc"},
                                              {"SOURCE", "/w"},
                                              {"DOCKERFILE", "m/a b/Dockerfile"},
                                              {"CONTEXT", "m/a b"},
                                              {"DOCKER_CONFIG_BOUND", "true"},
                                              {"DOCKER_CONFIG_SOURCE", path("secret")},
                                              {"DOCKER_CONFIG", path("docker")},
                                              {"DIGEST_RESULT", path("digest")},
                                              {"URL_RESULT", path("image-url")}};
        QVERIFY(QDir(folder_.path()).mkpath("secret"));
        write("secret/.dockerconfigjson", "{}");
        const std::vector<std::pair<QString, QString>> edit{{"/kaniko/executor", path("bin/executor")}};
        const Finished based = runStep("kaniko-build-task", environment, edit);
        QVERIFY2(based.exitCode == 0, based.err);
        const QStringList arguments = QString(based.out).trimmed().split('\n');
        QVERIFY(arguments.contains("--build-arg=REGISTRY=10.34.0.202:5000"));
        QVERIFY(arguments.contains("--build-arg=BASE_TAG=cuda"));
        QVERIFY(arguments.contains("--build-arg=BASE=10.34.0.202:5000/cerebral/ai-base:cuda"));
        QVERIFY(arguments.contains("--destination=10.34.0.202:5000/cerebral/ai-services:main"));
        QVERIFY(arguments.contains("--context=dir:///w/m/a b"));
        QVERIFY(arguments.contains("--digest-file=" + path("digest")));
        QCOMPARE(read("docker/config.json"), QByteArray("{}"));
        QCOMPARE(read("image-url"), QByteArray("10.34.0.202:5000/cerebral/ai-services:main"));

        environment["BASE"] = "";
        environment["BASE_TAG"] = "";
        const Finished plain = runStep("kaniko-build-task", environment, edit);
        QVERIFY2(plain.exitCode == 0, plain.err);
        QVERIFY(!plain.out.contains("BASE"));
    }

    void deployPinsTheDigestOfItsOwnContainer() {
        const Finished done =
            runStep("deploy-task",
                    deployment("app internal-registry.registry.svc.cluster.local:5000/cerebral/ai-services:main\\n"
                               "proxy 10.34.0.202:5000/cerebral/ai-services-proxy:main\\n"));
        QVERIFY2(done.exitCode == 0, done.err);
        const QList<QByteArray> calls = read("calls").trimmed().split('\n');
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls[0], QByteArray("[set][image][deployment/ai-services][-n][cerebral-platform]"
                                      "[app=10.34.0.202:5000/cerebral/ai-services:main@sha256:abc]"));
        QVERIFY(calls[1].startsWith("[rollout][status][deployment/ai-services]"));
    }

    void deployTakesTheOnlyContainerWhateverItRuns() {
        QCOMPARE(runStep("deploy-task", deployment("app nginx:1\\n")).exitCode, 0);
        QVERIFY(read("calls").contains("[app=10.34.0.202:5000/cerebral/ai-services:main@sha256:abc]"));
    }

    void deployRefusesToGuess() {
        const Finished two = runStep("deploy-task", deployment("a nginx:1\\nb redis:1\\n"));
        QCOMPARE(two.exitCode, 1);
        QVERIFY(
            two.err.contains("no container of deployment ai-services runs 10.34.0.202:5000/cerebral/ai-services"));
        QVERIFY(!QFile::exists(path("calls")));
        auto environment = deployment("app 10.34.0.202:5000/cerebral/ai-services:main\\n");
        environment["DIGEST"] = "";
        QCOMPARE(runStep("deploy-task", environment).exitCode, 1);
        QVERIFY(!QFile::exists(path("calls")));
    }
};

CEREBRAL_TEST(TaskScriptsTest)
#include "task_scripts_test.moc"
