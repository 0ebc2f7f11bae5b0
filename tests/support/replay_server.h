#pragma once
/// @file ReplayServer: recorded lists and watch streams of one kind, served over a real socket.
///
/// What is recorded after the list began is in the stream; what is in the list but not in the stream
/// was there before. The server therefore begins with the latter and then plays the stream, so that a
/// correct client ends with exactly the recorded list. It can refuse WatchList both ways and expire a
/// watch both ways, in the recorded words.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/raw_server.h"

namespace cerebral::test {

struct ReplayPlan {
    std::string list;    ///< "list/pipelineruns.json"
    std::string stream;  ///< "pipelineruns.watch.jsonl"
    enum class WatchList : std::uint8_t { Served, Refused422, RefusedInStream } watchList = WatchList::Served;
    /// The first watch that is not a list ends after half of the stream, and what followed is lost.
    enum class Expiry : std::uint8_t { Never, AsEvent, AsAnswer } expiry = Expiry::Never;
};

class ReplayServer {
public:
    explicit ReplayServer(ReplayPlan plan);

    [[nodiscard]] std::string url() const { return server_->url(""); }
    /// "list", "watchlist" and "watch", in the order in which they were asked for.
    [[nodiscard]] std::vector<std::string> requests() const;

private:
    void serve(RawConnection& connection);
    void answerList(RawConnection& connection, bool complete);
    void answerWatchList(RawConnection& connection);
    void answerWatch(RawConnection& connection, const std::string& target);
    void play(RawConnection& connection, std::size_t from, std::size_t to);

    ReplayPlan plan_;
    std::vector<std::string> lines_;
    std::vector<std::string> before_;  ///< objects of the list that the stream does not mention
    std::string startVersion_;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    bool expired_ = false;
    std::unique_ptr<RawServer> server_;
};

}  // namespace cerebral::test
