#include "app/demo/registry/image_registry.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/demo/registry/tar_gzip.h"
#include "app/demo/store/identity.h"
#include "app/demo/store/json.h"
#include "core/base/digest.h"
#include "core/base/time_format.h"

namespace cerebral::demo {
namespace {

constexpr const char* kIndexType = "application/vnd.oci.image.index.v1+json";
constexpr const char* kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr const char* kConfigType = "application/vnd.oci.image.config.v1+json";
constexpr const char* kLayerType = "application/vnd.oci.image.layer.v1.tar+gzip";

std::string digestOf(std::string_view bytes) {
    return "sha256:" + sha256Hex(bytes);
}

BlobPtr makeBlob(std::string mediaType, std::string bytes) {
    auto blob = std::make_shared<Blob>();
    blob->mediaType = std::move(mediaType);
    blob->digest = digestOf(bytes);
    blob->bytes = std::move(bytes);
    return blob;
}

/// Bytes that do not compress, the same under one name.
std::string noise(std::uint64_t seed, std::string_view name, std::size_t size) {
    auto random = randomFor(seed, name);
    std::string bytes;
    bytes.reserve(size + 8);
    while (bytes.size() < size) {
        const std::uint64_t word = random();
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    bytes.resize(size);
    return bytes;
}

Json descriptor(const Blob& blob) {
    return {{"mediaType", blob.mediaType}, {"digest", blob.digest}, {"size", blob.bytes.size()}};
}

Json manifestOf(const Blob& config, const std::vector<BlobPtr>& layers) {
    Json list = Json::array();
    for (const BlobPtr& layer : layers) list.push_back(descriptor(*layer));
    return {{"schemaVersion", 2},
            {"mediaType", kManifestType},
            {"config", descriptor(config)},
            {"layers", std::move(list)}};
}

}  // namespace

ImageRegistry::Layer ImageRegistry::makeLayer(const std::string& path, const std::string& content) {
    const std::string key = path + '\0' + digestOf(content);
    if (const auto it = layers_.find(key); it != layers_.end()) return it->second;
    const std::string tar = tarOf(path, content);
    Layer layer{makeBlob(kLayerType, gzipOf(tar)), digestOf(tar)};
    layers_.emplace(key, layer);
    return layer;
}

BlobPtr ImageRegistry::addManifest(Repository& repository, std::string mediaType, std::string bytes) {
    BlobPtr manifest = makeBlob(std::move(mediaType), std::move(bytes));
    repository.manifests.insert_or_assign(manifest->digest, manifest);
    return manifest;
}

std::string ImageRegistry::pushBase(const BaseImage& image, WallTime created) {
    const std::lock_guard lock(mutex_);
    Repository& repository = repositories_[image.repository];
    Json platforms = Json::array();
    BlobPtr last;
    for (const std::string& architecture : image.architectures) {
        std::vector<Layer> layers = {
            makeLayer("usr/lib/os-" + architecture, noise(seed_, "os" + architecture, image.layerBytes)),
            makeLayer("opt/ml-" + architecture,
                      noise(seed_, image.tag + architecture + image.content, image.layerBytes))};
        Json diffIds = Json::array(), history = Json::array();
        std::vector<BlobPtr> blobs;
        for (const Layer& layer : layers) {
            repository.blobs.insert_or_assign(layer.blob->digest, layer.blob);
            blobs.push_back(layer.blob);
            diffIds.push_back(layer.diffId);
        }
        history.push_back({{"created", formatRfc3339(created)},
                           {"created_by", "/bin/sh -c #(nop) ADD file:python-3.12-slim in /"}});
        history.push_back({{"created", formatRfc3339(created)},
                           {"created_by", "RUN /bin/sh -c pip install -r requirements-unified.txt # buildkit"}});
        const Json config = {{"architecture", architecture},
                             {"os", "linux"},
                             {"created", formatRfc3339(created)},
                             {"config",
                              {{"Env", Json::array({"PATH=/usr/local/bin:/usr/bin:/bin"})},
                               {"Cmd", Json::array({"python3"})},
                               {"Labels", {{"com.baerautotech.cerebral.base", image.tag}}}}},
                             {"rootfs", {{"type", "layers"}, {"diff_ids", std::move(diffIds)}}},
                             {"history", std::move(history)}};
        const BlobPtr configBlob = makeBlob(kConfigType, config.dump());
        repository.blobs.insert_or_assign(configBlob->digest, configBlob);
        last = addManifest(repository, kManifestType, manifestOf(*configBlob, blobs).dump());
        Json entry = descriptor(*last);
        entry["platform"] = {{"architecture", architecture}, {"os", "linux"}};
        platforms.push_back(std::move(entry));
    }
    if (image.architectures.size() > 1) {
        // buildx adds its attestation as a platform nobody can run.
        const BlobPtr attestation = addManifest(repository, kManifestType,
                                                Json{{"schemaVersion", 2},
                                                     {"mediaType", kManifestType},
                                                     {"config", platforms[0]},
                                                     {"layers", Json::array()}}
                                                    .dump());
        Json entry = descriptor(*attestation);
        entry["platform"] = {{"architecture", "unknown"}, {"os", "unknown"}};
        entry["annotations"] = {{"vnd.docker.reference.digest", platforms[0]["digest"]},
                                {"vnd.docker.reference.type", "attestation-manifest"}};
        platforms.push_back(std::move(entry));
        last = addManifest(
            repository, kIndexType,
            Json{{"schemaVersion", 2}, {"mediaType", kIndexType}, {"manifests", std::move(platforms)}}.dump());
    }
    repository.tags.insert_or_assign(image.tag, last->digest);
    return last->digest;
}

BlobPtr ImageRegistry::manifestLocked(const std::string& repository, const std::string& reference) const {
    const auto found = repositories_.find(repository);
    if (found == repositories_.end()) return nullptr;
    std::string digest = reference;
    if (!reference.starts_with("sha256:")) {
        const auto tag = found->second.tags.find(reference);
        if (tag == found->second.tags.end()) return nullptr;
        digest = tag->second;
    }
    const auto manifest = found->second.manifests.find(digest);
    return manifest == found->second.manifests.end() ? nullptr : manifest->second;
}

std::string ImageRegistry::pushService(const ServiceImage& image) {
    const std::lock_guard lock(mutex_);
    const std::size_t mark = image.baseReference.find_first_of(":@");
    const std::string baseRepository = image.baseReference.substr(0, mark);
    BlobPtr base =
        manifestLocked(baseRepository, mark == std::string::npos ? "latest" : image.baseReference.substr(mark + 1));
    if (!base) return {};
    if (base->mediaType == kIndexType) {
        const Json index = Json::parse(base->bytes);
        for (const Json& platform : index["manifests"]) {
            if (platform["platform"]["architecture"] == "amd64")
                base = manifestLocked(baseRepository, platform["digest"]);
        }
    }
    const Repository& from = repositories_.find(baseRepository)->second;
    const Json baseManifest = Json::parse(base->bytes);
    const Json baseConfig =
        Json::parse(from.blobs.find(baseManifest["config"]["digest"].get<std::string>())->second->bytes);
    Repository& repository = repositories_[image.repository];
    std::vector<BlobPtr> layers;
    for (const Json& layer : baseManifest["layers"])
        layers.push_back(from.blobs.find(layer["digest"].get<std::string>())->second);
    Json diffIds = baseConfig["rootfs"]["diff_ids"];
    for (const auto& [path, size] : {std::pair("app/main.py", 6'000U),
                                     std::pair("usr/local/lib/python3.12/site-packages/service.py", 40'000U)}) {
        const Layer layer = makeLayer(path, "# " + image.repository + " " + image.commit + "\n" +
                                                noise(seed_, image.repository + image.commit + path, size));
        layers.push_back(layer.blob);
        diffIds.push_back(layer.diffId);
    }
    const std::string created = formatRfc3339(image.created);
    Json history = baseConfig["history"];
    for (const char* command : {"WORKDIR /app", "COPY . /app", "RUN pip install -r requirements.txt"}) {
        Json entry = {{"author", "kaniko"}, {"created", "0001-01-01T00:00:00Z"}, {"created_by", command}};
        if (command == std::string_view("WORKDIR /app")) entry["empty_layer"] = true;
        history.push_back(std::move(entry));
    }
    const Json config = {
        {"architecture", "amd64"},
        {"os", "linux"},
        {"created", created},
        {"config",
         {{"Env", Json::array({"PATH=/usr/local/bin:/usr/bin:/bin"})},
          {"Cmd", {"python", "-m", "uvicorn", "main:app"}},
          {"WorkingDir", "/app"},
          {"Labels",
           {{"org.opencontainers.image.revision", image.commit},
            {"com.baerautotech.cerebral.base", baseConfig["config"]["Labels"]["com.baerautotech.cerebral.base"]}}}}},
        {"rootfs", {{"type", "layers"}, {"diff_ids", std::move(diffIds)}}},
        {"history", std::move(history)}};
    for (const BlobPtr& layer : layers) repository.blobs.insert_or_assign(layer->digest, layer);
    const BlobPtr configBlob = makeBlob(kConfigType, config.dump());
    repository.blobs.insert_or_assign(configBlob->digest, configBlob);
    const BlobPtr manifest = addManifest(repository, kManifestType, manifestOf(*configBlob, layers).dump());
    repository.tags.insert_or_assign(image.tag, manifest->digest);
    return manifest->digest;
}

std::vector<std::string> ImageRegistry::repositories() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, repository] : repositories_) names.push_back(name);
    return names;
}

std::optional<std::vector<std::string>> ImageRegistry::tags(const std::string& repository) const {
    const std::lock_guard lock(mutex_);
    const auto it = repositories_.find(repository);
    if (it == repositories_.end()) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& [tag, digest] : it->second.tags) names.push_back(tag);
    return names;
}

BlobPtr ImageRegistry::manifest(const std::string& repository, const std::string& reference) const {
    const std::lock_guard lock(mutex_);
    return manifestLocked(repository, reference);
}

BlobPtr ImageRegistry::blob(const std::string& repository, const std::string& digest) const {
    const std::lock_guard lock(mutex_);
    const auto it = repositories_.find(repository);
    if (it == repositories_.end()) return nullptr;
    const auto blob = it->second.blobs.find(digest);
    return blob == it->second.blobs.end() ? nullptr : blob->second;
}

bool ImageRegistry::hasRepository(const std::string& repository) const {
    const std::lock_guard lock(mutex_);
    return repositories_.contains(repository);
}

}  // namespace cerebral::demo
