#include "app/demo/tekton/build_logs.h"

#include <cstdio>

#include "app/demo/store/identity.h"

namespace cerebral::demo {
namespace {

/// Kaniko's logrus line: INFO in cyan, the seconds since its start, padded to 44 columns.
class KanikoWriter {
public:
    explicit KanikoWriter(double seconds) : seconds_(seconds) {}

    void info(double at, const std::string& text) { write(at, "\x1b[36mINFO\x1b[0m", text); }
    void warn(double at, const std::string& text) { write(at, "\x1b[33mWARN\x1b[0m", text); }
    void plain(double at, std::string text) { lines_.push_back({at, std::move(text)}); }
    [[nodiscard]] std::vector<LogLine> take() { return std::move(lines_); }

private:
    void write(double at, std::string_view level, const std::string& text) {
        char elapsed[16];
        std::snprintf(elapsed, sizeof elapsed, "[%04d] ", static_cast<int>(at * seconds_));
        std::string line(level);
        line += elapsed + text;
        if (text.size() < 44) line.append(44 - text.size(), ' ');
        lines_.push_back({at, line + " "});
    }
    double seconds_;
    std::vector<LogLine> lines_;
};

constexpr std::string_view kPackages[] = {
    "fastapi==0.115.2",  "uvicorn==0.32.0", "pydantic==2.9.2",           "sqlalchemy==2.0.36", "redis==5.1.1",
    "structlog==24.4.0", "httpx==0.27.2",   "prometheus-client==0.21.0", "tenacity==9.0.0",    "orjson==3.10.7"};

void installLines(KanikoWriter& out, const BuildFacts& facts, bool fails) {
    auto random = randomFor(facts.seed, facts.commit + facts.service + "packages");
    double at = 0.42;
    for (const std::string_view package : kPackages) {
        const std::string name(package.substr(0, package.find('=')));
        const std::string version(package.substr(package.find("==") + 2));
        out.plain(at, "Collecting " + std::string(package));
        const std::string size = std::to_string(drawBetween(random, 100, 900));
        out.plain(at + 0.008, "  Downloading " + name + "-" + version + "-py3-none-any.whl (" + size + " kB)");
        out.plain(at + 0.016, "     \x1b[38;5;237m━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━\x1b[0m \x1b[32m" + size +
                                  ".0 kB\x1b[0m \x1b[31m" + std::to_string(drawBetween(random, 4, 60)) +
                                  ".4 MB/s\x1b[0m eta \x1b[36m0:00:00\x1b[0m");
        at += 0.035;
    }
    if (fails) {
        out.plain(at,
                  "\x1b[31mERROR: Could not find a version that satisfies the requirement torch==2.9.9 (from "
                  "versions: 1.13.0, 1.13.1, 2.0.0, 2.0.1, 2.1.0, 2.1.1, 2.1.2, 2.2.0, 2.2.1, 2.2.2, 2.3.0, 2.3.1, "
                  "2.4.0, 2.4.1, 2.5.0, 2.5.1, 2.6.0, 2.7.0, 2.7.1, 2.8.0, 2.9.0, 2.9.1)\x1b[0m");
        out.plain(at + 0.01, "\x1b[31mERROR: No matching distribution found for torch==2.9.9\x1b[0m");
        return;
    }
    out.plain(at,
              "Installing collected packages: orjson, tenacity, prometheus-client, httpx, structlog, redis, "
              "sqlalchemy, pydantic, uvicorn, fastapi");
    out.plain(at + 0.03,
              "Successfully installed fastapi-0.115.2 httpx-0.27.2 orjson-3.10.7 prometheus-client-0.21.0 "
              "pydantic-2.9.2 redis-5.1.1 sqlalchemy-2.0.36 structlog-24.4.0 tenacity-9.0.0 uvicorn-0.32.0");
}

void compileErrorLines(KanikoWriter& out, const BuildFacts& facts) {
    out.info(0.86, "RUN python -m compileall -q /app");
    out.info(0.86, "Running: [/bin/sh -c python -m compileall -q /app]");
    out.plain(0.90, "*** Error compiling '/app/main.py'...");
    out.plain(0.90, "  File \"/app/main.py\", line 42");
    out.plain(0.90, "    async def embed(self, texts: list[str] -> list[Vector]:");
    out.plain(0.90, "                         ^");
    out.plain(0.90, "SyntaxError: '(' was never closed");
    (void)facts;
}

}  // namespace

std::vector<LogLine> cloneLog(const BuildFacts& facts) {
    return {{0.05, "Cloning into '/workspace/source/src'..."},
            {0.55, "Note: switching to '" + facts.commit + "'."},
            {0.80, "HEAD is now at " + facts.commit.substr(0, 7) + " " + facts.message},
            {0.95, facts.commit.substr(0, 7) + " " + facts.message}};
}

std::vector<LogLine> kanikoLog(const BuildFacts& facts, Scenario scenario) {
    KanikoWriter out(140);
    const std::string& base = facts.baseImage;
    out.info(0.00, "Resolved base name " + base + " to build stage");
    out.info(0.00, "Retrieving image manifest " + base);
    out.info(0.01, "Retrieving image " + base + " from registry " + facts.registry);
    out.info(0.03, "Built cross stage deps: map[]");
    out.info(0.03, "Retrieving image manifest " + base);
    out.info(0.04, "Returning cached image manifest");
    out.info(0.04, "Executing 0 build triggers");
    out.info(0.04, "Building stage '" + base + "' [idx: '0', base-idx: '-1']");
    if (scenario == Scenario::Flaky) {
        out.plain(0.30,
                  "error building image: error building stage: failed to get filesystem from image: read tcp "
                  "10.88.0.41:51234->" +
                      facts.registry + ": read: connection reset by peer");
        return out.take();
    }
    out.info(0.05, "Unpacking rootfs as cmd COPY . /app requires it.");
    out.info(0.30, "WORKDIR /app");
    out.info(0.30, "Cmd: workdir");
    out.info(0.30, "Changed working directory to /app");
    out.info(0.31, "Creating directory /app with uid -1 and gid -1");
    out.info(0.32, "Taking snapshot of files...");
    out.info(0.34, "COPY . /app");
    out.info(0.35, "Taking snapshot of files...");
    out.info(0.38, "RUN pip install -r requirements.txt");
    out.info(0.39, "Initializing snapshotter ...");
    out.info(0.40, "Taking snapshot of full filesystem...");
    out.info(0.41, "Running: [/bin/sh -c pip install -r requirements.txt]");
    installLines(out, facts, scenario == Scenario::TestFailure);
    if (scenario == Scenario::TestFailure || scenario == Scenario::CompileFailure) {
        if (scenario == Scenario::CompileFailure) compileErrorLines(out, facts);
        out.plain(0.97,
                  "error building image: error building stage: failed to execute command: waiting for process to "
                  "exit: exit status 1");
        return out.take();
    }
    if (scenario == Scenario::Timeout) {
        out.warn(0.86, "Download of https://files.pythonhosted.org/ is slow, waiting");
        return out.take();
    }
    out.info(0.86, "Taking snapshot of full filesystem...");
    out.info(0.93, "CMD [\"python\", \"-m\", \"uvicorn\", \"main:app\"]");
    out.info(0.94, "Pushing image to " + facts.image);
    out.info(0.99, "Pushed " + facts.image.substr(0, facts.image.rfind(':')) + "@" + facts.digest);
    return out.take();
}

}  // namespace cerebral::demo
