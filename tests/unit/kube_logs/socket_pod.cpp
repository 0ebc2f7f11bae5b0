#include "tests/unit/kube_logs/socket_pod.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/time_format.h"
#include "core/net/url.h"

namespace cerebral::test {
namespace {

using namespace std::chrono_literals;

std::vector<StampedLine> writtenLines() {
    std::vector<StampedLine> lines;
    for (std::size_t i = 0; i < SocketPod::kLines; ++i) {
        lines.push_back({WallTime(1'795'423'260s) + std::chrono::milliseconds(i / 3), "line " + std::to_string(i)});
    }
    return lines;
}

std::string chunk(std::string_view bytes) {
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return std::string(size.data()).append(bytes).append("\r\n");
}

}  // namespace

SocketPod::SocketPod(int drops)
    : lines_(writtenLines()), dropsLeft_(drops), server_([this](RawConnection& c) { serve(c); }) {}

kube::ClusterAccess SocketPod::access() const {
    kube::ClusterAccess value;
    value.server = server_.url("");
    return value;
}

void SocketPod::serve(RawConnection& connection) {
    for (std::string request = connection.readRequest(); !request.empty(); request = connection.readRequest()) {
        const std::size_t begin = request.find(' ') + 1;
        const std::string target = request.substr(begin, request.find(' ', begin) - begin);
        if (target.find("/log?") == std::string::npos) {
            if (!connection.answer(pod())) return;
        } else if (!sendLog(connection, target)) {
            return;
        }
    }
}

std::string SocketPod::pod() const {
    const char* state = dropsLeft_ > 0 ? R"("running":{})" : R"("terminated":{"exitCode":0})";
    return std::string(R"({"metadata":{"uid":"u"},"spec":{"restartPolicy":"Never","containers":[{"name":"c"}]},)") +
           R"("status":{"phase":"Running","containerStatuses":[{"name":"c","restartCount":0,"state":{)" + state +
           "}}]}}";
}

bool SocketPod::sendLog(RawConnection& connection, const std::string& target) {
    WallTime since = WallTime::min();
    for (const auto& [key, value] : net::parseQuery(target.substr(target.find('?') + 1))) {
        if (key == "sinceTime") since = parseRfc3339(value).value();
    }
    const int left = dropsLeft_--;
    std::string text;
    for (const auto& line : lines_) {
        if (line.time >= since) text += line.raw() + "\n";
    }
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
    if (left <= 0) return connection.write(chunk(text) + "0\r\n\r\n");
    const std::size_t cut = std::min(text.size(), 20'000 + static_cast<std::size_t>(left % 100) * 997);
    connection.write(chunk(std::string_view(text).substr(0, cut)));
    if (left % 3 == 0) connection.reset();
    return false;
}

}  // namespace cerebral::test
