#include "core/kube/kubeconfig_files.h"

#include <filesystem>
#include <functional>
#include <set>

#include "core/base/encoding.h"
#include "core/kube/yaml_fields.h"

namespace cerebral::kube {
namespace {

std::string resolve(const std::string& path, const std::string& file) {
    if (path.empty() || path.front() == '/') return path;
    return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

FileOrData fileOrData(const YamlFields& fields, const std::string& key, const std::string& file) {
    FileOrData found;
    found.file = resolve(fields.text(key.c_str()), file);
    const std::string dataKey = key + "-data";
    const std::string encoded = fields.text(dataKey.c_str());
    if (encoded.empty()) return found;
    auto decoded = fromBase64(encoded);
    if (!decoded) {
        fields.refuse("." + dataKey + " is not base64");
        return found;
    }
    found.data = Secret(std::move(*decoded));
    if (!found.file.empty()) {
        fields.refuse(" sets both " + key + " and " + dataKey + "; keep one of them");
    }
    return found;
}

std::vector<std::string> texts(const YamlFields& fields, const char* key) {
    std::vector<std::string> all;
    for (const YAML::Node& item : fields.sequence(key)) {
        if (item.IsScalar()) {
            all.push_back(item.Scalar());
        } else {
            fields.refuse("." + std::string(key) + " holds something that is not text");
        }
    }
    return all;
}

ExecConfig execConfig(const YamlFields& fields, const std::string& file, std::optional<Error>& error) {
    ExecConfig exec;
    exec.apiVersion = fields.text("apiVersion");
    exec.command = fields.text("command");
    // As with the other paths; a bare name is looked up in PATH instead.
    if (exec.command.find('/') != std::string::npos) exec.command = resolve(exec.command, file);
    exec.args = texts(fields, "args");
    for (const YAML::Node& item : fields.sequence("env")) {
        const YamlFields pair(item, fields.where() + ".env", error);
        exec.env.emplace_back(pair.text("name"), pair.text("value"));
    }
    exec.installHint = fields.text("installHint");
    exec.interactiveMode = fields.text("interactiveMode");
    exec.provideClusterInfo = fields.boolean("provideClusterInfo");
    return exec;
}

ClusterEntry cluster(const YamlFields& fields, const std::string& file) {
    ClusterEntry entry;
    entry.file = file;
    entry.server = fields.text("server");
    entry.tlsServerName = fields.text("tls-server-name");
    entry.proxyUrl = fields.text("proxy-url");
    entry.authority = fileOrData(fields, "certificate-authority", file);
    entry.insecure = fields.boolean("insecure-skip-tls-verify");
    entry.disableCompression = fields.boolean("disable-compression");
    return entry;
}

UserEntry user(const YamlFields& fields, const std::string& file, std::optional<Error>& error) {
    UserEntry entry;
    entry.file = file;
    entry.certificate = fileOrData(fields, "client-certificate", file);
    entry.key = fileOrData(fields, "client-key", file);
    entry.token = Secret(fields.text("token"));
    entry.tokenFile = resolve(fields.text("tokenFile"), file);
    entry.username = fields.text("username");
    entry.password = Secret(fields.text("password"));
    entry.authProvider = fields.into("auth-provider").text("name");
    entry.asUser = fields.text("as");
    entry.asUid = fields.text("as-uid");
    entry.asGroups = texts(fields, "as-groups");
    const YamlFields extra = fields.into("as-user-extra");
    if (extra.exists()) {
        for (const auto& pair : fields.mapping("as-user-extra")) {
            const std::string key = pair.first.Scalar();
            for (const std::string& value : texts(extra, key.c_str())) entry.asExtra.emplace_back(key, value);
        }
    }
    if (const YamlFields exec = fields.into("exec"); exec.exists()) entry.exec = execConfig(exec, file, error);
    return entry;
}

ContextEntry context(const YamlFields& fields, const std::string& file) {
    return {file, fields.text("cluster"), fields.text("user"), fields.text("namespace")};
}

/// One of the three named lists: [{name, <kind>: {…}}].
void eachEntry(const YamlFields& root, const char* list, const char* kind, std::optional<Error>& error,
               const std::function<void(const std::string&, const YamlFields&)>& add) {
    std::set<std::string> seen;
    for (const YAML::Node& item : root.sequence(list)) {
        const YamlFields named(item, root.where() + ": " + list, error);
        if (!named.exists()) {
            named.refuse(" holds an entry that is not a mapping");
            return;
        }
        const std::string name = named.text("name");
        if (error) return;
        if (name.empty()) return named.refuse(" holds an entry without a name");
        if (!seen.insert(name).second) return named.refuse(" names \"" + name + "\" twice; rename one of them");
        const YamlFields entry(named.mapping(kind), root.where() + ": " + list + "[" + name + "]", error);
        add(name, entry);
        if (error) return;
    }
}

Result<YAML::Node> parseYaml(const std::string& path, const std::string& text) {
    try {
        return YAML::Load(text);
    } catch (const YAML::Exception& problem) {
        return fail(ErrorKind::Config,
                    path + " is not YAML (line " + std::to_string(problem.mark.line + 1) + "): " + problem.msg);
    }
}

}  // namespace

Result<void> mergeKubeconfigFile(const std::string& path, const std::string& text, KubeconfigContent& content) {
    const auto node = parseYaml(path, text);
    if (!node) return fail(node.error());
    content.files.push_back(path);
    if (!node->IsDefined() || node->IsNull()) return {};
    if (!node->IsMap()) return fail(ErrorKind::Config, path + " is not a kubeconfig: its top level is not a mapping");

    std::optional<Error> error;
    try {
        const YamlFields root(*node, path, error);
        if (const std::string kind = root.text("kind"); !kind.empty() && kind != "Config") {
            return fail(ErrorKind::Config, path + " is not a kubeconfig: its kind is " + kind);
        }
        if (const std::string version = root.text("apiVersion"); !version.empty() && version != "v1") {
            return fail(ErrorKind::Config, path + ": apiVersion " + version + " is not known, only v1 is");
        }
        if (content.currentContext.empty()) content.currentContext = root.text("current-context");
        eachEntry(root, "clusters", "cluster", error, [&](const std::string& name, const YamlFields& fields) {
            content.clusters.try_emplace(name, cluster(fields, path));
        });
        eachEntry(root, "users", "user", error, [&](const std::string& name, const YamlFields& fields) {
            content.users.try_emplace(name, user(fields, path, error));
        });
        eachEntry(root, "contexts", "context", error, [&](const std::string& name, const YamlFields& fields) {
            if (content.contexts.try_emplace(name, context(fields, path)).second)
                content.contextOrder.push_back(name);
        });
    } catch (const YAML::Exception& problem) {
        return fail(ErrorKind::Config, path + ": " + problem.msg);
    }
    if (error) return fail(std::move(*error));
    return {};
}

}  // namespace cerebral::kube
