#include "core/kube/kubeconfig_access.h"

#include "core/base/read_file.h"
#include "core/kube/credentials.h"
#include "core/kube/exec_credential.h"
#include "core/net/url.h"

namespace cerebral::kube {
namespace {

/// One context on its way to an access; `name_` and `file` make messages complete.
struct Chosen {
    std::string contextName;
    const ContextEntry* context = nullptr;
    const ClusterEntry* cluster = nullptr;
    const UserEntry* user = nullptr;  ///< null: the context names none, the access is anonymous
};

tl::unexpected<Error> refuse(const std::string& message) {
    return fail(ErrorKind::Config, message);
}

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

std::string filesOf(const KubeconfigContent& content) {
    std::string text;
    for (const std::string& file : content.files) text += (text.empty() ? "" : ", ") + file;
    return text;
}

std::string contextNames(const KubeconfigContent& content) {
    if (content.contextOrder.empty()) return "it has no contexts";
    std::string text;
    for (const std::string& name : content.contextOrder) text += (text.empty() ? "there are " : ", ") + name;
    return text;
}

Result<Chosen> choose(const KubeconfigContent& content, std::string_view wanted) {
    Chosen chosen;
    chosen.contextName = wanted.empty() ? content.currentContext : std::string(wanted);
    if (chosen.contextName.empty()) {
        return refuse(filesOf(content) + " sets no current-context; choose one with --context (" +
                      contextNames(content) + ")");
    }
    const auto context = content.contexts.find(chosen.contextName);
    if (context == content.contexts.end()) {
        return refuse("context " + quoted(chosen.contextName) + " is not in " + filesOf(content) + " (" +
                      contextNames(content) + ")");
    }
    chosen.context = &context->second;
    const std::string subject = "context " + quoted(chosen.contextName);
    if (chosen.context->cluster.empty()) return refuse(subject + " names no cluster in " + chosen.context->file);
    const auto cluster = content.clusters.find(chosen.context->cluster);
    if (cluster == content.clusters.end()) {
        return refuse(subject + " names cluster " + quoted(chosen.context->cluster) + ", which is not in " +
                      filesOf(content));
    }
    chosen.cluster = &cluster->second;
    if (chosen.context->user.empty()) return chosen;
    const auto user = content.users.find(chosen.context->user);
    if (user == content.users.end()) {
        return refuse(subject + " names user " + quoted(chosen.context->user) + ", which is not in " +
                      filesOf(content));
    }
    chosen.user = &user->second;
    return chosen;
}

std::string clusterSubject(const Chosen& chosen) {
    return chosen.cluster->file + ": cluster " + quoted(chosen.context->cluster);
}

std::string userSubject(const Chosen& chosen) {
    return chosen.user->file + ": user " + quoted(chosen.context->user);
}

Result<std::string> pem(const FileOrData& source, std::string_view marker, const std::string& subject) {
    std::string text(source.data.reveal());
    if (!source.file.empty()) {
        auto content = readFile(source.file);
        if (!content) return refuse(subject + ": " + content.error().message);
        text = std::move(*content);
    }
    if (text.find(marker) == std::string::npos || text.find("-----BEGIN ") == std::string::npos) {
        const std::string origin = source.file.empty() ? "its data" : source.file;
        return refuse(subject + ": " + origin + " is not in PEM format");
    }
    return text;
}

bool isProxyUrl(const std::string& url) {
    for (const char* scheme : {"http://", "https://", "socks5://", "socks5h://"}) {
        if (url.starts_with(scheme) && url.size() > std::string_view(scheme).size()) return true;
    }
    return false;
}

Result<void> applyCluster(const Chosen& chosen, ClusterAccess& access, net::TlsOptions& tls) {
    const ClusterEntry& cluster = *chosen.cluster;
    const std::string subject = clusterSubject(chosen);
    if (cluster.server.empty()) return refuse(subject + " has no server");
    // client-go reads "host:port" as http://host:port; a scheme left out is rather a mistake worth naming.
    auto url = net::Url::parse(cluster.server);
    if (!url) return refuse(subject + ": server " + quoted(cluster.server) + " is not an http or https URL");
    if (!url->query.empty()) return refuse(subject + ": server must not carry a query");
    access.server = cluster.server;
    while (access.server.ends_with('/')) access.server.pop_back();
    if (!cluster.proxyUrl.empty() && !isProxyUrl(cluster.proxyUrl)) {
        return refuse(subject + ": proxy-url must begin with http://, https:// or socks5://");
    }
    access.proxyUrl = cluster.proxyUrl;
    access.disableCompression = cluster.disableCompression;
    if (cluster.insecure && cluster.authority.present()) {
        return refuse(subject + " sets insecure-skip-tls-verify beside a certificate-authority; remove one of them");
    }
    if (cluster.authority.present()) {
        auto authority = pem(cluster.authority, "CERTIFICATE-----", subject + ": certificate-authority");
        if (!authority) return fail(authority.error());
        tls.caPem = std::move(*authority);
    }
    tls.insecureSkipVerify = cluster.insecure;
    tls.serverName = cluster.tlsServerName;
    return {};
}

Result<void> applyClientCertificate(const Chosen& chosen, net::TlsOptions& tls) {
    const UserEntry& user = *chosen.user;
    const std::string subject = userSubject(chosen);
    if (!user.certificate.present() && !user.key.present()) return {};
    if (!user.key.present()) return refuse(subject + " has a client-certificate without a client-key");
    if (!user.certificate.present()) return refuse(subject + " has a client-key without a client-certificate");
    auto certificate = pem(user.certificate, "CERTIFICATE-----", subject + ": client-certificate");
    if (!certificate) return fail(certificate.error());
    auto key = pem(user.key, "PRIVATE KEY-----", subject + ": client-key");
    if (!key) return fail(key.error());
    tls.clientCertPem = std::move(*certificate);
    tls.clientKeyPem = Secret(std::move(*key));
    return {};
}

Result<void> checkExec(const ExecConfig& exec, const std::string& user) {
    const std::string subject = user + ": exec";
    if (exec.command.empty()) return refuse(subject + " names no command");
    const bool v1 = exec.apiVersion == "client.authentication.k8s.io/v1";
    if (exec.apiVersion.empty()) return refuse(subject + " has no apiVersion");
    if (!v1 && exec.apiVersion != "client.authentication.k8s.io/v1beta1") {
        return refuse(subject + ": apiVersion " + exec.apiVersion +
                      " is not supported, use client.authentication.k8s.io/v1");
    }
    for (const auto& [name, value] : exec.env) {
        if (name.empty()) return refuse(subject + ".env has an entry without a name");
    }
    if (exec.interactiveMode.empty()) {
        if (v1) return refuse(subject + " has no interactiveMode; v1 wants Never, IfAvailable or Always");
        return {};
    }
    if (exec.interactiveMode != "Never" && exec.interactiveMode != "IfAvailable" &&
        exec.interactiveMode != "Always") {
        return refuse(subject + ".interactiveMode is " + quoted(exec.interactiveMode) +
                      "; it must be Never, IfAvailable or Always");
    }
    return {};
}

Result<void> applyImpersonation(const Chosen& chosen, net::Headers& headers) {
    const UserEntry& user = *chosen.user;
    if (user.asUser.empty()) {
        if (user.asUid.empty() && user.asGroups.empty() && user.asExtra.empty()) return {};
        return refuse(userSubject(chosen) + " sets as-uid, as-groups or as-user-extra without as");
    }
    headers.add("Impersonate-User", user.asUser);
    if (!user.asUid.empty()) headers.add("Impersonate-Uid", user.asUid);
    for (const std::string& group : user.asGroups) headers.add("Impersonate-Group", group);
    for (const auto& [key, value] : user.asExtra) headers.add("Impersonate-Extra-" + net::percentEncode(key), value);
    return {};
}

Result<std::shared_ptr<Credentials>> credentialsOf(const Chosen& chosen, const ClusterAccess& access,
                                                   const Clock& clock) {
    const UserEntry& user = *chosen.user;
    const std::string subject = userSubject(chosen);
    const bool bearer = !user.token.empty() || !user.tokenFile.empty();
    if (bearer && !user.username.empty()) {
        return refuse(subject + " has both a token and a username; only one way to log in is allowed");
    }
    if (user.exec && (bearer || !user.username.empty())) {
        return refuse(subject + " has exec beside a token or a username; only one way to log in is allowed");
    }
    if (user.exec) {
        if (auto sound = checkExec(*user.exec, subject); !sound) return fail(sound.error());
        return std::shared_ptr<Credentials>(makeExecCredentials(*user.exec, subject, access, clock));
    }
    if (!user.tokenFile.empty()) return makeTokenFileCredentials(user.tokenFile, clock, subject);
    if (!user.token.empty()) return makeTokenCredentials(user.token);
    if (!user.username.empty()) return makeBasicCredentials(user.username, user.password);
    if (!user.authProvider.empty()) {
        return refuse(subject + " uses auth-provider " + quoted(user.authProvider) +
                      ", which Kubernetes removed; use an exec plugin instead");
    }
    return std::shared_ptr<Credentials>();
}

}  // namespace

Result<ClusterAccess> accessFor(const KubeconfigContent& content, std::string_view contextName, const Clock& clock) {
    const auto chosen = choose(content, contextName);
    if (!chosen) return fail(chosen.error());
    ClusterAccess access;
    access.contextName = chosen->contextName;
    access.defaultNamespace = chosen->context->ns.empty() ? "default" : chosen->context->ns;
    net::TlsOptions tls;
    if (auto done = applyCluster(*chosen, access, tls); !done) return fail(done.error());
    if (chosen->user != nullptr) {
        if (auto done = applyClientCertificate(*chosen, tls); !done) return fail(done.error());
        if (auto done = applyImpersonation(*chosen, access.impersonation); !done) return fail(done.error());
    }
    access.tls = std::make_shared<const net::TlsOptions>(std::move(tls));
    if (chosen->user != nullptr) {
        auto credentials = credentialsOf(*chosen, access, clock);
        if (!credentials) return fail(credentials.error());
        access.credentials = std::move(*credentials);
    }
    return access;
}

}  // namespace cerebral::kube
