#include "core/kube/credentials.h"

#include <mutex>

#include "core/base/read_file.h"

namespace cerebral::kube {
namespace {

constexpr std::chrono::seconds kTokenFileLifetime{60};
constexpr std::size_t kMaxTokenFile = 64U * 1024U;

class TokenCredentials final : public Credentials {
public:
    explicit TokenCredentials(Secret token) : token_(std::move(token)) {}
    Result<void> apply(net::HttpRequest& request, std::stop_token) override {
        request.bearerToken = token_;
        return {};
    }
    bool renew() override { return false; }

private:
    Secret token_;
};

class BasicCredentials final : public Credentials {
public:
    BasicCredentials(std::string user, Secret password) : user_(std::move(user)), password_(std::move(password)) {}
    Result<void> apply(net::HttpRequest& request, std::stop_token) override {
        request.basicUser = user_;
        request.basicPassword = password_;
        return {};
    }
    bool renew() override { return false; }

private:
    std::string user_;
    Secret password_;
};

Result<Secret> readToken(const std::string& path) {
    auto text = readFile(path, kMaxTokenFile);
    if (!text) return fail(text.error());
    const std::size_t begin = text->find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return fail(ErrorKind::Config, path + " is empty, a token was expected");
    const std::size_t end = text->find_last_not_of(" \t\r\n");
    return Secret(text->substr(begin, end - begin + 1));
}

class TokenFileCredentials final : public Credentials {
public:
    TokenFileCredentials(std::string path, Secret token, const Clock& clock)
        : path_(std::move(path)), clock_(clock), token_(std::move(token)), readAt_(clock.steadyNow()) {}

    Result<void> apply(net::HttpRequest& request, std::stop_token) override {
        const std::scoped_lock lock(mutex_);
        if (clock_.steadyNow() - readAt_ >= kTokenFileLifetime) read();
        request.bearerToken = token_;
        return {};
    }

    /// Worth another try only when the file holds something new.
    bool renew() override {
        const std::scoped_lock lock(mutex_);
        const Secret before = token_;
        read();
        return before.reveal() != token_.reveal();
    }

private:
    void read() {
        auto token = readToken(path_);
        if (!token) return;
        token_ = std::move(*token);
        readAt_ = clock_.steadyNow();
    }

    std::string path_;
    const Clock& clock_;
    std::mutex mutex_;
    Secret token_;
    SteadyTime readAt_;
};

}  // namespace

std::shared_ptr<Credentials> makeTokenCredentials(Secret token) {
    return std::make_shared<TokenCredentials>(std::move(token));
}

std::shared_ptr<Credentials> makeBasicCredentials(std::string user, Secret password) {
    return std::make_shared<BasicCredentials>(std::move(user), std::move(password));
}

Result<std::shared_ptr<Credentials>> makeTokenFileCredentials(std::string path, const Clock& clock,
                                                              const std::string& subject) {
    auto token = readToken(path);
    if (!token) return fail(ErrorKind::Config, subject + ": " + token.error().message);
    return std::shared_ptr<Credentials>(
        std::make_shared<TokenFileCredentials>(std::move(path), std::move(*token), clock));
}

}  // namespace cerebral::kube
