#include "tests/bench/receiver/nginx_process.h"

#include <QStandardPaths>
#include <fstream>
#include <thread>

#include "tests/support/raw_client.h"

namespace cerebral::bench {
namespace {

QString executable() {
    const QString found = QStandardPaths::findExecutable("nginx");
    return found.isEmpty() ? QStandardPaths::findExecutable("nginx", {"/usr/sbin", "/usr/local/sbin"}) : found;
}

}  // namespace

NginxProcess::NginxProcess(AccessLog log) {
    const QString program = executable();
    if (program.isEmpty()) return;
    const std::string file = folder_.filePath("nginx.conf").toStdString();
    // The body is read before the answer, as any receiver must: a location that only returns may answer first.
    std::ofstream(file) << "daemon off;\nmaster_process off;\nworker_processes 1;\npid nginx.pid;\n"
                        << "error_log stderr crit;\nevents { worker_connections 1024; }\n"
                        << "http {\n  access_log " << (log == AccessLog::On ? "access.log" : "off")
                        << ";\n  keepalive_requests 100000000;\n  tcp_nodelay on;\n"
                        << "  client_body_buffer_size 64k;\n  client_body_temp_path body;\n  proxy_temp_path proxy;\n"
                        << "  fastcgi_temp_path fastcgi;\n  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n"
                        << "  server {\n    listen 127.0.0.1:" << port_.number() << ";\n"
                        << "    location / { return 200 \"ok\\n\"; }\n  }\n}\n";
    process_ = std::make_unique<test::ChildProcess>(
        program, QStringList{"-p", folder_.path(), "-c", QString::fromStdString(file)});
    for (int i = 0; i < 2'000 && process_->started() && !started_; ++i) {
        started_ = test::RawClient(port_.number()).connected();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

}  // namespace cerebral::bench
