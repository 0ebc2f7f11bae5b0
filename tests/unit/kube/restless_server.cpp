#include "tests/unit/kube/restless_server.h"

#include <array>
#include <cstdio>
#include <thread>

namespace cerebral::test {
namespace {

std::string object(int name, int version) {
    return "{\"metadata\":{\"name\":\"w" + std::to_string(name) + "\",\"namespace\":\"ns\",\"uid\":\"u" +
           std::to_string(name) + "\",\"resourceVersion\":\"" + std::to_string(version) + "\"}}";
}

std::string chunk(const std::string& bytes) {
    std::array<char, 24> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    return size.data() + bytes + "\r\n";
}

}  // namespace

RestlessServer::RestlessServer(std::chrono::milliseconds pace)
    : pace_(pace), server_([this](RawConnection& connection) { serve(connection); }) {}

void RestlessServer::serve(RawConnection& connection) {
    std::mt19937 random(static_cast<unsigned>(connection.index()));
    for (;;) {
        const std::string request = connection.readRequest();
        if (request.empty()) return;
        if (request.find("sendInitialEvents") != std::string::npos) {
            connection.write("HTTP/1.1 422 Unprocessable Entity\r\nContent-Length: 0\r\n\r\n");
        } else if (request.find("watch=true") != std::string::npos) {
            if (!talk(connection, random)) return;
        } else {
            std::string items;
            for (int i = 0; i < 50; ++i) items += (i == 0 ? "" : ",") + object(i, ++version_);
            connection.answer("{\"metadata\":{\"resourceVersion\":\"" + std::to_string(version_) + "\"},\"items\":[" +
                              items + "]}");
        }
    }
}

bool RestlessServer::talk(RawConnection& connection, std::mt19937& random) {
    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int told = 1;; ++told) {
        if (told % 10 == 0 && pace_.count() > 0) std::this_thread::sleep_for(pace_);
        const int name = static_cast<int>(random() % 60);
        const char* type = random() % 5 == 0 ? "DELETED" : "MODIFIED";
        const std::string line =
            std::string("{\"type\":\"") + type + "\",\"object\":" + object(name, ++version_) + "}\n";
        switch (random() % 400) {
            case 0:
                connection.write(chunk(line.substr(0, line.size() / 2)));
                connection.reset();
                return false;
            case 1:
                connection.write(chunk(line) + "0\r\n\r\n");
                return true;
            default:
                break;
        }
        if (!connection.write(chunk(line))) return false;
    }
}

}  // namespace cerebral::test
