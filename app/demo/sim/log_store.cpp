#include "app/demo/sim/log_store.h"

#include <algorithm>

#include "core/base/time_format.h"

namespace cerebral::demo {

std::string LogStore::render(const LogLineAt& line, bool timestamps) {
    if (!timestamps) return line.text + "\n";
    // Nine digits, as the container runtime writes them.
    std::string time = formatRfc3339Millis(line.time);
    const auto micros =
        std::chrono::duration_cast<std::chrono::microseconds>(line.time.time_since_epoch()).count() % 1000;
    std::string rest = std::to_string(1000 + micros).substr(1) + "000";
    time.insert(time.size() - 1, rest);
    return time + " " + line.text + "\n";
}

std::vector<LogLineAt> LogStore::linesOf(const Log& log) {
    if (!log.past) return log.lines;
    std::vector<LogLineAt> lines;
    lines.reserve(log.past->size());
    for (const PastLogLine& line : *log.past) {
        const std::chrono::microseconds offset(
            static_cast<std::int64_t>(static_cast<double>(line.offset.count()) * log.fill.stretch));
        lines.push_back(
            {std::chrono::time_point_cast<WallTime::duration>(log.fill.origin + offset), line.text.poured(log.fill)});
    }
    return lines;
}

std::string LogStore::renderAll(const Log& log, const LogQuery& query) {
    const std::vector<LogLineAt> lines = linesOf(log);
    auto first = lines.begin();
    if (query.since) {
        // Whole seconds: a line of the second asked for belongs to the answer.
        const auto since = std::chrono::floor<std::chrono::seconds>(*query.since);
        first = std::ranges::find_if(lines, [&](const LogLineAt& line) { return line.time >= since; });
    }
    if (query.tailLines) {
        const auto left = static_cast<std::size_t>(lines.end() - first);
        if (left > *query.tailLines) first = lines.end() - static_cast<std::ptrdiff_t>(*query.tailLines);
    }
    std::string text;
    for (auto it = first; it != lines.end(); ++it) text += render(*it, query.timestamps);
    if (query.limitBytes && text.size() > *query.limitBytes) text.resize(*query.limitBytes);
    return text;
}

void LogStore::append(const std::string& podUid, const std::string& container, WallTime time, std::string text) {
    const std::lock_guard lock(mutex_);
    Log& log = logs_[{podUid, container}];
    log.lines.push_back({time, std::move(text)});
    std::erase_if(log.followers, [&](const Follower& follower) {
        return !follower.responder.write(render(log.lines.back(), follower.timestamps));
    });
}

void LogStore::close(const std::string& podUid, const std::string& container) {
    const std::lock_guard lock(mutex_);
    Log& log = logs_[{podUid, container}];
    log.closed = true;
    for (const Follower& follower : log.followers) follower.responder.end();
    log.followers.clear();
}

void LogStore::forget(const std::string& podUid) {
    const std::lock_guard lock(mutex_);
    auto it = logs_.lower_bound({podUid, ""});
    while (it != logs_.end() && it->first.first == podUid) {
        for (const Follower& follower : it->second.followers) follower.responder.end();
        it = logs_.erase(it);
    }
}

void LogStore::open(const std::string& podUid, const std::string& container) {
    const std::lock_guard lock(mutex_);
    logs_.try_emplace({podUid, container});
}

void LogStore::addPast(const std::string& podUid, const std::string& container, std::shared_ptr<const PastLog> log,
                       Mold::Fill fill) {
    const std::lock_guard lock(mutex_);
    Log& past = logs_[{podUid, container}];
    past.past = std::move(log);
    past.fill = std::move(fill);
    past.closed = true;
}

std::vector<LogLineAt> LogStore::lines(const std::string& podUid, const std::string& container) const {
    const std::lock_guard lock(mutex_);
    const auto it = logs_.find({podUid, container});
    return it == logs_.end() ? std::vector<LogLineAt>() : linesOf(it->second);
}

bool LogStore::known(const std::string& podUid, const std::string& container) const {
    const std::lock_guard lock(mutex_);
    return logs_.contains({podUid, container});
}

std::string LogStore::read(const std::string& podUid, const std::string& container, const LogQuery& query) const {
    const std::lock_guard lock(mutex_);
    const auto it = logs_.find({podUid, container});
    return it == logs_.end() ? std::string() : renderAll(it->second, query);
}

void LogStore::follow(const std::string& podUid, const std::string& container, const LogQuery& query,
                      const net::Responder& responder) {
    const std::lock_guard lock(mutex_);
    Log& log = logs_[{podUid, container}];
    if (std::string before = renderAll(log, query); !before.empty() && !responder.write(std::move(before))) return;
    if (log.closed) return responder.end();
    log.followers.push_back({responder, query.timestamps});
}

}  // namespace cerebral::demo
