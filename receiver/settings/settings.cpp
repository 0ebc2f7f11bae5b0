#include "receiver/settings/settings.h"

#include <openssl/crypto.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "core/net/url.h"

namespace cerebral::receiver {
namespace {

constexpr const char* kSecret = "GITHUB_WEBHOOK_SECRET";
constexpr const char* kPreviousSecret = "GITHUB_WEBHOOK_SECRET_PREVIOUS";
constexpr const char* kRedeliveryToken = "GITHUB_REDELIVERY_TOKEN";

/// Reads one variable after the other and remembers the first thing that was wrong.
class Reader {
public:
    explicit Reader(const Environment& environment) : environment_(environment) {}

    void text(const char* name, std::string& into) const {
        if (auto value = environment_(name); value && !value->empty()) into = std::move(*value);
    }
    template <class Number>
    void number(const char* name, std::int64_t least, std::int64_t most, Number& into) {
        const auto value = environment_(name);
        if (!value || value->empty()) return;
        std::int64_t parsed = 0;
        const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), parsed);
        if (error != std::errc() || end != value->data() + value->size() || parsed < least || parsed > most) {
            complain(std::string(name) + " must be a number from " + std::to_string(least) + " to " +
                     std::to_string(most));
            return;
        }
        into = Number(parsed);
    }
    void complain(std::string message) {
        if (complaint_.empty()) complaint_ = std::move(message);
    }
    [[nodiscard]] const std::string& complaint() const noexcept { return complaint_; }

private:
    const Environment& environment_;
    std::string complaint_;
};

void readSecrets(const Environment& environment, Reader& reader, Settings& settings) {
    const auto secret = environment(kSecret);
    if (!secret || secret->empty()) {
        reader.complain(std::string(kSecret) +
                        " is empty: set it to the secret of the GitHub webhook (key secretToken of the Secret "
                        "github-webhook-secret); unsigned deliveries are never accepted");
        return;
    }
    settings.secrets.emplace_back(*secret);
    if (const auto previous = environment(kPreviousSecret); previous && !previous->empty()) {
        settings.secrets.emplace_back(*previous);
    }
}

/// The token travels with every request: in clear text only to this very machine.
bool isSafeForTokens(const std::string& url) {
    const auto parsed = net::Url::parse(url);
    return parsed && (parsed->scheme == "https" || parsed->host == "127.0.0.1" || parsed->host == "::1" ||
                      parsed->host == "localhost");
}

void readRedelivery(const Environment& environment, Reader& reader, Settings& settings) {
    const auto token = environment(kRedeliveryToken);
    if (!token || token->empty()) return;
    RedeliverySettings redelivery;
    redelivery.token = Secret(*token);
    reader.text("GITHUB_API_URL", redelivery.apiUrl);
    while (redelivery.apiUrl.ends_with('/')) redelivery.apiUrl.pop_back();
    if (!isSafeForTokens(redelivery.apiUrl)) reader.complain("GITHUB_API_URL must be an https:// address");
    std::int64_t seconds = 300;
    reader.number("GITHUB_REDELIVERY_SECONDS", 1, 86'400, seconds);
    redelivery.interval = std::chrono::seconds(seconds);
    std::string hook;
    reader.text("GITHUB_REDELIVERY_HOOK", hook);
    const std::size_t slash = hook.rfind('/');
    if (slash == std::string::npos || hook.find('/') == slash || slash + 1 == hook.size() ||
        hook.find_first_not_of("0123456789", slash + 1) != std::string::npos) {
        reader.complain("GITHUB_REDELIVERY_HOOK must be OWNER/NAME/HOOK-ID when GITHUB_REDELIVERY_TOKEN is set");
        return;
    }
    redelivery.repository = hook.substr(0, slash);
    redelivery.hookId = hook.substr(slash + 1);
    settings.redelivery = std::move(redelivery);
}

}  // namespace

Result<Settings> readSettings(const Environment& environment, bool serving) {
    Settings settings;
    Reader reader(environment);
    if (serving) readSecrets(environment, reader, settings);
    reader.text("LISTEN_ADDRESS", settings.listenAddress);
    settings.adminAddress = settings.listenAddress;
    reader.text("ADMIN_ADDRESS", settings.adminAddress);
    reader.number("PORT", 0, 65535, settings.port);
    reader.number("ADMIN_PORT", 0, 65535, settings.adminPort);
    reader.text("KUBE_NAMESPACE", settings.kubeNamespace);
    reader.text("CEREBRAL_CONFIG", settings.configPath);
    reader.text("SPOOL_DIR", settings.spoolDir);
    // GitHub gives up after ten seconds; an answer must be out well before.
    reader.number("ANSWER_BUDGET_MS", 0, 8000, settings.answerBudget);
    reader.text("CEREBRAL_FAILPOINT", settings.failpoint);
    readRedelivery(environment, reader, settings);
    if (!reader.complaint().empty()) return fail(ErrorKind::Config, reader.complaint());
    return settings;
}

Environment processEnvironment() {
    return [](const char* name) -> std::optional<std::string> {
        const char* const value = std::getenv(name);
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

void wipeSecrets() {
    for (const char* const name : {kSecret, kPreviousSecret, kRedeliveryToken}) {
        if (char* const value = std::getenv(name); value != nullptr) {
            OPENSSL_cleanse(value, std::strlen(value));
            ::unsetenv(name);
        }
    }
}

}  // namespace cerebral::receiver
