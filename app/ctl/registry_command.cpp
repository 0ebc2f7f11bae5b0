#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/ctl/duration_text.h"
#include "app/ctl/output.h"
#include "app/ctl/subcommand.h"
#include "app/ctl/table.h"
#include "core/base/plain_text.h"
#include "core/base/time_format.h"
#include "core/config/config.h"
#include "core/net/curl_transport.h"
#include "core/registry/registry_mirror.h"

namespace cerebral::ctl {
namespace {

using Json = nlohmann::ordered_json;
using registry::Image;
using registry::ImagePtr;

constexpr std::size_t kShownDigest = 12;
constexpr std::size_t kShownCommit = 8;

struct RegistryOptions {
    Format format = Format::Text;
    std::string config;
    std::string host;
    bool plainHttp = false;
    std::vector<std::string> repositories;
    std::vector<std::string> architectures = {"amd64", "arm64"};
};

/// "23.4 MB": decimal, as registries and pulls count.
std::string sizeText(std::int64_t bytes) {
    constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
    auto amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; amount >= 1000.0 && unit + 1 < kUnits.size(); ++unit) amount /= 1000.0;
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", amount, kUnits[unit]);
    return text.data();
}

std::string shortDigest(const std::string& digest) {
    const std::size_t colon = digest.find(':');
    return digest.substr(colon == std::string::npos ? 0 : colon + 1, kShownDigest);
}

class Listing {
public:
    Listing(std::vector<ImagePtr> images, const config::Config& config, const RegistryOptions& options)
        : images_(std::move(images)), config_(config), options_(options) {}

    void print(WallTime now) const;
    [[nodiscard]] Json json() const;

private:
    [[nodiscard]] bool isBase(const Image& image) const { return image.repository == config_.baseImage; }
    /// Base images must run everywhere; a service only where it is wanted.
    [[nodiscard]] std::vector<std::string> missing(const Image& image) const {
        return isBase(image) ? image.missing(options_.architectures) : std::vector<std::string>{};
    }
    /// The tag of the base it was built on, as the registry holds it today; "older" when it was none of them.
    [[nodiscard]] std::string base(const Image& image) const;
    [[nodiscard]] std::string platforms(const Image& image) const;

    std::vector<ImagePtr> images_;
    const config::Config& config_;
    const RegistryOptions& options_;
};

std::string Listing::base(const Image& image) const {
    const bool onBase = std::any_of(config_.services.begin(), config_.services.end(), [&](const auto& service) {
        return service.image == image.repository && !service.baseTag.empty();
    });
    if (isBase(image)) return {};
    bool compared = false;
    for (const ImagePtr& candidate : images_) {
        if (!isBase(*candidate)) continue;
        const auto built = registry::isBuiltOn(image, *candidate);
        if (built.value_or(false)) return candidate->tag;
        compared = compared || built.has_value();
    }
    return onBase && compared ? "older" : std::string();
}

std::string Listing::platforms(const Image& image) const {
    std::string text;
    for (const auto& platform : image.platforms) text += (text.empty() ? "" : ",") + platform.platform.text();
    for (const std::string& architecture : missing(image)) text += " (no " + architecture + "!)";
    return text;
}

void Listing::print(WallTime now) const {
    Table table({"REPOSITORY", "TAG", "DIGEST", "PLATFORMS", "SIZE", "AGE", "COMMIT", "BASE"});
    for (const ImagePtr& image : images_) {
        const auto created = image->created();
        table.add({image->repository, image->tag, shortDigest(image->digest), platforms(*image),
                   sizeText(image->size()), created ? durationText(now - *created) : std::string(),
                   image->revision().substr(0, kShownCommit), base(*image)});
    }
    table.print(std::cout);
}

Json Listing::json() const {
    Json all = Json::array();
    for (const ImagePtr& image : images_) {
        Json platforms = Json::array();
        for (const auto& platform : image->platforms) {
            platforms.push_back({{"platform", platform.platform.text()},
                                 {"digest", platform.digest},
                                 {"size", platform.size},
                                 {"created", platform.created ? Json(formatRfc3339(*platform.created)) : Json()}});
        }
        const auto created = image->created();
        all.push_back({{"repository", image->repository},
                       {"tag", image->tag},
                       {"digest", image->digest},
                       {"mediaType", image->mediaType},
                       {"platforms", std::move(platforms)},
                       {"missingArchitectures", missing(*image)},
                       {"size", image->size()},
                       {"created", created ? Json(formatRfc3339(*created)) : Json()},
                       {"revision", image->revision()},
                       {"base", base(*image)}});
    }
    return all;
}

Result<config::Config> readConfig(const std::string& path) {
    return path.empty() ? Result<config::Config>(config::defaultConfig()) : config::loadConfig(path);
}

registry::RegistryAccess accessTo(const RegistryOptions& options, const config::Config& config) {
    registry::RegistryAccess access;
    access.host = options.host.empty() ? config.registry : options.host;
    // The platform's own registry speaks plain HTTP inside the cluster's network (its guide says so).
    access.plainHttp = options.plainHttp || options.host.empty();
    access.credentials = [host = access.host](std::stop_token stop) -> Result<registry::RegistryCredentials> {
        const auto docker = registry::loadDockerConfig();
        if (!docker) return fail(docker.error());
        return registry::findCredentials(*docker, host, std::move(stop));
    };
    return access;
}

int showRegistry(const RegistryOptions& options, const Clock& clock) {
    const auto config = readConfig(options.config);
    if (!config) return reportError(config.error());
    net::CurlTransport transport;
    registry::RegistryClient client(transport, accessTo(options, *config), clock);
    if (const auto there = client.ping({}); !there) return reportError(there.error());
    registry::RegistryMirror mirror(client, {options.repositories, {}});
    const auto refreshed = mirror.refresh({});
    if (!refreshed) return reportError(refreshed.error());
    const Listing listing(mirror.images(), *config, options);
    if (options.format == Format::Json) {
        printJson(listing.json());
    } else {
        listing.print(clock.now());
    }
    for (const auto& problem : refreshed->problems) {
        const std::string what = problem.repository + (problem.tag.empty() ? "" : ":" + problem.tag);
        std::cerr << "cerebralctl: " << plainLine(what) << ": " << plainLine(problem.error.message) << '\n';
    }
    return refreshed->problems.empty() ? kOk : kFailed;
}

}  // namespace

Subcommand addRegistry(CLI::App& parent, const Clock& clock) {
    CLI::App* app =
        parent.add_subcommand("registry", "List images: platforms, size, age, and the base they stand on");
    const auto options = std::make_shared<RegistryOptions>();
    app->add_option("repositories", options->repositories, "needed only where the registry does not list its own")
        ->type_name("REPOSITORY...");
    app->add_option("--config", options->config, "the platform's configuration (default: built in)")
        ->type_name("FILE")
        ->envname("CEREBRAL_CONFIG");
    app->add_option("--registry", options->host, "another registry than the configuration's")->type_name("HOST:PORT");
    app->add_flag("--plain-http", options->plainHttp, "that registry has no TLS");
    app->add_option("--architectures", options->architectures, "what base images must exist for")
        ->delimiter(',')
        ->type_name("LIST")
        ->default_str("amd64,arm64");
    addOutputOption(*app, options->format);
    app->footer(
        "BASE is the tag of the base image whose layers the image begins with, \"older\" when none of today's.\n"
        "Credentials come from Docker's config.json and its credential helpers.");
    return {app, [options, &clock] { return showRegistry(*options, clock); }};
}

}  // namespace cerebral::ctl
