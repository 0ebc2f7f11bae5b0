#include "receiver/submit/dead_letters.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/time_format.h"

namespace cerebral::receiver {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kKept = 1000;

/// Deletes the oldest beyond `kKept`.
void prune(const std::string& directory) {
    std::error_code ignored;
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    for (const auto& entry : fs::directory_iterator(directory, ignored)) {
        files.emplace_back(entry.last_write_time(ignored), entry.path());
    }
    if (files.size() <= kKept) return;
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i + kKept < files.size(); ++i) fs::remove(files[i].second, ignored);
}

}  // namespace

Result<DeadLetters> DeadLetters::open(const std::string& spoolDirectory) {
    std::string directory = spoolDirectory + "/dead-letters";
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return fail(ErrorKind::Io, "the folder " + directory + " cannot be made: " + error.message());
    return DeadLetters(std::move(directory));
}

Result<void> DeadLetters::write(const SpooledRun& run, const Error& error, WallTime now) {
    nlohmann::ordered_json letter{{"name", run.name},
                                  {"delivery", run.delivery},
                                  {"refusedAt", formatRfc3339Millis(now)},
                                  {"error", error.message},
                                  {"httpStatus", error.httpStatus}};
    letter["manifest"] = nlohmann::ordered_json::parse(run.manifest, nullptr, false);
    const std::string path = directory_ + "/" + run.name + ".json";
    {
        std::ofstream file(path + ".tmp", std::ios::trunc);
        file << letter.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
        file.flush();
        if (!file) return fail(ErrorKind::Io, "the dead letter " + path + " cannot be written");
    }
    std::error_code failed;
    fs::rename(path + ".tmp", path, failed);
    if (failed) return fail(ErrorKind::Io, "the dead letter " + path + " cannot be written: " + failed.message());
    prune(directory_);
    return {};
}

void DeadLetters::remove(const std::string& name) {
    std::error_code ignored;
    fs::remove(directory_ + "/" + name + ".json", ignored);
}

std::size_t DeadLetters::count() const {
    std::error_code ignored;
    std::size_t letters = 0;
    for (const auto& entry : fs::directory_iterator(directory_, ignored)) {
        if (entry.path().extension() == ".json") ++letters;
    }
    return letters;
}

}  // namespace cerebral::receiver
