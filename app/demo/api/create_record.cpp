#include "app/demo/api/create_record.h"

#include <nlohmann/json.hpp>

#include "app/demo/store/json.h"
#include "core/base/time_format.h"

namespace cerebral::demo {

void CreateRecord::add(CreateEntry entry) {
    constexpr std::size_t kLimit = 200'000;
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= kLimit) entries_.erase(entries_.begin(), entries_.begin() + kLimit / 2);
    entries_.push_back(std::move(entry));
}

std::vector<CreateEntry> CreateRecord::entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
}

std::string CreateRecord::toJson() const {
    Json list = Json::array();
    for (const CreateEntry& entry : entries()) {
        list.push_back({{"time", formatRfc3339Millis(entry.time)},
                        {"kind", entry.kind},
                        {"namespace", entry.ns},
                        {"name", entry.name},
                        {"uid", entry.uid},
                        {"code", entry.code},
                        {"outcome", entry.outcome},
                        {"answerLost", entry.answerLost},
                        {"source", {{"user", entry.user}, {"userAgent", entry.userAgent}}}});
    }
    return Json{{"creates", std::move(list)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace cerebral::demo
