#pragma once
/// @file RestlessServer: lists fifty widgets and then changes them for as long as anybody listens, over real sockets;
/// every so often it cuts a line or ends a watch. It refuses WatchList.

#include <atomic>
#include <chrono>
#include <random>
#include <string>

#include "tests/support/raw_server.h"

namespace cerebral::test {

class RestlessServer {
public:
    /// `pace`: waited after every ten changes of a watch; with none, each watch fills a core.
    explicit RestlessServer(std::chrono::milliseconds pace = {});
    [[nodiscard]] std::string url() const { return server_.url(""); }

private:
    void serve(RawConnection& connection);
    /// False when the connection is over.
    bool talk(RawConnection& connection, std::mt19937& random);

    std::chrono::milliseconds pace_;
    std::atomic<int> version_{100};
    RawServer server_;
};

}  // namespace cerebral::test
