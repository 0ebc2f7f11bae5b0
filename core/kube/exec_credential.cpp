#include "core/kube/exec_credential.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/encoding.h"
#include "core/base/plain_text.h"
#include "core/base/process.h"
#include "core/kube/json_fields.h"

namespace cerebral::kube {
namespace {

constexpr std::size_t kMaxMessage = 300;
/// Several requests may meet the same 401 at once: a credential as young as this is not renewed again.
constexpr std::chrono::seconds kJustObtained{2};

struct Obtained {
    Secret token;
    std::shared_ptr<const net::TlsOptions> tls;  ///< with the client certificate; null without one
    std::optional<WallTime> expires;
    SteadyTime at{};
};

/// The last line that says something: programs print what matters at the end.
std::string lastLine(std::string_view text) {
    while (!text.empty()) {
        const std::size_t newline = text.find_last_of('\n');
        const std::string_view line = newline == std::string_view::npos ? text : text.substr(newline + 1);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) return plainLine(line, kMaxMessage);
        if (newline == std::string_view::npos) break;
        text = text.substr(0, newline);
    }
    return {};
}

class ExecCredentials final : public Credentials {
public:
    ExecCredentials(ExecConfig config, std::string subject, const ClusterAccess& access, const Clock& clock,
                    std::chrono::milliseconds limit)
        : config_(std::move(config)),
          subject_(std::move(subject) + ": exec plugin " + config_.command),
          clusterInfo_(config_.provideClusterInfo ? clusterInfo(access) : nlohmann::json()),
          tls_(access.tls),
          clock_(clock),
          limit_(limit) {}

    Result<void> apply(net::HttpRequest& request, std::stop_token stop) override {
        const std::scoped_lock lock(mutex_);
        if (!held_ || (held_->expires && *held_->expires <= clock_.now())) {
            auto obtained = obtain(stop);
            if (!obtained) return fail(obtained.error());
            held_ = std::move(*obtained);
        }
        request.bearerToken = held_->token;
        if (held_->tls) request.tls = held_->tls;
        return {};
    }

    bool renew() override {
        const std::scoped_lock lock(mutex_);
        if (held_ && clock_.steadyNow() - held_->at >= kJustObtained) held_.reset();
        return true;
    }

private:
    static nlohmann::json clusterInfo(const ClusterAccess& access) {
        nlohmann::json cluster{{"server", access.server}};
        if (!access.proxyUrl.empty()) cluster["proxy-url"] = access.proxyUrl;
        if (access.disableCompression) cluster["disable-compression"] = true;
        if (!access.tls) return cluster;
        if (!access.tls->caPem.empty()) cluster["certificate-authority-data"] = toBase64(access.tls->caPem);
        if (!access.tls->serverName.empty()) cluster["tls-server-name"] = access.tls->serverName;
        if (access.tls->insecureSkipVerify) cluster["insecure-skip-tls-verify"] = true;
        return cluster;
    }

    [[nodiscard]] ProcessRequest plan() const {
        nlohmann::json info{
            {"kind", "ExecCredential"}, {"apiVersion", config_.apiVersion}, {"spec", {{"interactive", false}}}};
        if (!clusterInfo_.is_null()) info["spec"]["cluster"] = clusterInfo_;
        ProcessRequest request;
        request.program = config_.command;
        request.args = config_.args;
        request.environment = config_.env;
        request.environment.emplace_back("KUBERNETES_EXEC_INFO",
                                         info.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        request.limit = limit_;
        return request;
    }

    Result<Obtained> obtain(const std::stop_token& stop) const {
        if (config_.interactiveMode == "Always") {
            return refuse(
                "needs a terminal (interactiveMode: Always), which this program does not lend; log in with "
                "it in a terminal first, or use a user with another kind of credentials");
        }
        auto outcome = runProcess(plan(), stop);
        if (!outcome) return failedRun(outcome.error());
        const Secret output(std::move(outcome->output));
        if (outcome->exitCode != 0) {
            std::string message = "failed with exit code " + std::to_string(outcome->exitCode);
            if (const std::string line = lastLine(outcome->errors); !line.empty()) message += ": " + line;
            return refuse(message);
        }
        return read(output);
    }

    Result<Obtained> failedRun(const Error& error) const {
        switch (error.kind) {
            case ErrorKind::NotFound: {
                std::string message = "is not installed";
                const std::string hint = plainLine(config_.installHint, kMaxMessage);
                if (!hint.empty()) message += ": " + hint;
                return refuse(message);
            }
            case ErrorKind::Timeout:
                return refuse("did not answer within " +
                              std::to_string(std::chrono::ceil<std::chrono::seconds>(limit_).count()) +
                              " s; does it wait for a login in a browser or terminal?");
            case ErrorKind::Cancelled:
                return fail(error);
            default:
                return refuse("could not be run: " + error.message);
        }
    }

    Result<Obtained> read(const Secret& output) const {
        simdjson::dom::parser parser;
        json::Element root;
        const std::string_view text = output.reveal();
        if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS || !root.is_object()) {
            return refuse("printed something that is not JSON");
        }
        if (json::text(root, "kind") != "ExecCredential") return refuse("printed JSON that is no ExecCredential");
        if (json::text(root, "apiVersion") != config_.apiVersion) {
            return refuse("answered with apiVersion " + plainLine(json::text(root, "apiVersion"), kMaxMessage) +
                          " where " + config_.apiVersion + " was asked for");
        }
        const auto status = json::field(root, "status");
        if (!status) return refuse("returned no status");
        return readStatus(*status);
    }

    Result<Obtained> readStatus(json::Element status) const {
        Obtained obtained;
        obtained.at = clock_.steadyNow();
        obtained.token = Secret(json::string(status, "token"));
        const std::string certificate = json::string(status, "clientCertificateData");
        Secret key(json::string(status, "clientKeyData"));
        if (certificate.empty() != key.empty()) {
            return refuse("returned only one of clientCertificateData and clientKeyData");
        }
        if (obtained.token.empty() && certificate.empty())
            return refuse("returned neither a token nor a certificate");
        if (const auto expires = json::text(status, "expirationTimestamp"); !expires.empty()) {
            obtained.expires = json::time(status, "expirationTimestamp");
            if (!obtained.expires) return refuse("returned an expirationTimestamp that is not RFC 3339");
            if (*obtained.expires <= clock_.now()) {
                return refuse("returned a credential that expired at " + plainLine(expires, kMaxMessage) +
                              "; log in again, and check this machine's clock");
            }
        }
        if (!certificate.empty()) {
            net::TlsOptions tls = tls_ ? *tls_ : net::TlsOptions();
            tls.clientCertPem = certificate;
            tls.clientKeyPem = std::move(key);
            obtained.tls = std::make_shared<const net::TlsOptions>(std::move(tls));
        }
        return obtained;
    }

    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& message) const {
        return fail(ErrorKind::Config, subject_ + " " + message);
    }

    ExecConfig config_;
    std::string subject_;
    nlohmann::json clusterInfo_;
    std::shared_ptr<const net::TlsOptions> tls_;
    const Clock& clock_;
    std::chrono::milliseconds limit_;
    std::mutex mutex_;
    std::optional<Obtained> held_;
};

}  // namespace

std::shared_ptr<Credentials> makeExecCredentials(ExecConfig config, std::string subject, const ClusterAccess& access,
                                                 const Clock& clock, std::chrono::milliseconds limit) {
    return std::make_shared<ExecCredentials>(std::move(config), std::move(subject), access, clock, limit);
}

}  // namespace cerebral::kube
