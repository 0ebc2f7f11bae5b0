#include "core/kube/kubeconfig.h"

#include <cstdlib>
#include <set>

#include "core/base/read_file.h"
#include "core/kube/kubeconfig_access.h"
#include "core/kube/kubeconfig_files.h"

namespace cerebral::kube {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

/// Without empty entries and repetitions, in order.
std::vector<std::string> splitPathList(const std::string& list) {
    std::vector<std::string> paths;
    std::set<std::string> seen;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        std::string path = list.substr(begin, end - begin);
        if (!path.empty() && seen.insert(path).second) paths.push_back(std::move(path));
        begin = end + 1;
    }
    return paths;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

}  // namespace

struct Kubeconfig::Data {
    KubeconfigContent content;
    std::vector<KubeContext> contexts;
};

KubeconfigSource KubeconfigSource::fromEnvironment(std::optional<std::string> explicitPath) {
    return {std::move(explicitPath), environment("KUBECONFIG"), environment("HOME")};
}

Kubeconfig::Kubeconfig(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Kubeconfig::Kubeconfig(Kubeconfig&&) noexcept = default;
Kubeconfig& Kubeconfig::operator=(Kubeconfig&&) noexcept = default;
Kubeconfig::~Kubeconfig() = default;

Result<Kubeconfig> Kubeconfig::load(const KubeconfigSource& source) {
    std::vector<std::string> paths;
    if (source.explicitPath) {
        paths.push_back(*source.explicitPath);
    } else if (!source.environmentList.empty()) {
        paths = splitPathList(source.environmentList);
    } else {
        paths.push_back(source.homeDirectory + "/.kube/config");
    }

    auto data = std::make_unique<Data>();
    KubeconfigContent& content = data->content;
    for (const std::string& path : paths) {
        const auto text = readFile(path);
        if (!text && text.error().kind == ErrorKind::NotFound && !source.explicitPath) continue;
        if (!text) return fail(ErrorKind::Config, text.error().message);
        if (auto merged = mergeKubeconfigFile(path, *text, content); !merged) return fail(merged.error());
    }
    if (content.files.empty()) {
        return fail(ErrorKind::Config, "there is no kubeconfig: " + joined(paths) +
                                           " does not exist; set KUBECONFIG or pass --kubeconfig");
    }
    for (const std::string& name : content.contextOrder) {
        const ContextEntry& entry = content.contexts.find(name)->second;
        data->contexts.push_back({name, entry.cluster, entry.user, entry.ns, name == content.currentContext});
    }
    return Kubeconfig(std::move(data));
}

const std::vector<KubeContext>& Kubeconfig::contexts() const noexcept {
    return data_->contexts;
}

Result<ClusterAccess> Kubeconfig::access(std::string_view context, const Clock& clock) const {
    return accessFor(data_->content, context, clock);
}

}  // namespace cerebral::kube
