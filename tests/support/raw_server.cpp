#include "tests/support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace cerebral::test {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* pointer) const noexcept {
        Free(pointer);
    }
};
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Deleter<SSL_free>>;

void require(bool good, const char* what) {
    if (!good) throw std::runtime_error(what);
}

/// A file descriptor that is shut down from one thread while another blocks on it, then closed once.
class Socket {
public:
    explicit Socket(int fd) : fd_(fd) {}
    ~Socket() { close(fd_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int fd() const noexcept { return fd_; }
    void cut() const noexcept { shutdown(fd_, SHUT_RDWR); }

private:
    int fd_;
};

int listenOnLoopback() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    constexpr int kBacklog = 256;
    require(
        fd >= 0 && bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(fd, kBacklog) == 0,
        "cannot listen on 127.0.0.1");
    return fd;
}

std::uint16_t portOf(int fd) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    require(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
    return ntohs(address.sin_port);
}

X509Ptr readCertificate(const std::string& pem) {
    const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

int chooseHttp1(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* in, unsigned int inSize,
                void*) {
    // Static: the chosen protocol is handed out as a pointer into this list.
    static constexpr std::array<unsigned char, 9> kHttp1{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int result = SSL_select_next_proto(&chosen, outSize, kHttp1.data(), kHttp1.size(), in, inSize);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

ContextPtr makeContext(const RawServerTls& tls) {
    ContextPtr context(SSL_CTX_new(TLS_server_method()));
    const X509Ptr certificate = readCertificate(tls.certificatePem);
    const BioPtr keyBio(BIO_new_mem_buf(tls.keyPem.data(), static_cast<int>(tls.keyPem.size())));
    const KeyPtr key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
    require(context && certificate && key && SSL_CTX_use_certificate(context.get(), certificate.get()) == 1 &&
                SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1,
            "the test server's certificate is unusable");
    SSL_CTX_set_alpn_select_cb(context.get(), chooseHttp1, nullptr);
    if (!tls.clientCaPem.empty()) {
        const X509Ptr authority = readCertificate(tls.clientCaPem);
        require(X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.get()) == 1, "client CA");
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

class Connection final : public RawConnection {
public:
    Connection(std::shared_ptr<Socket> socket, std::size_t index, SSL_CTX* context)
        : socket_(std::move(socket)), index_(index) {
        if (context == nullptr) return;
        ssl_.reset(SSL_new(context));
        SSL_set_fd(ssl_.get(), socket_->fd());
    }

    bool handshake() { return !ssl_ || SSL_accept(ssl_.get()) == 1; }

    std::string readRequest() override {
        std::size_t end = buffer_.find("\r\n\r\n");
        while (end == std::string::npos) {
            if (!readMore()) return {};
            end = buffer_.find("\r\n\r\n");
        }
        const std::size_t total = end + 4 + contentLength(std::string_view(buffer_).substr(0, end));
        while (buffer_.size() < total) {
            if (!readMore()) return {};
        }
        std::string request = buffer_.substr(0, total);
        buffer_.erase(0, total);
        return request;
    }

    bool write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto done =
                ssl_ ? static_cast<ssize_t>(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())))
                     : send(socket_->fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (done <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(done));
        }
        return true;
    }

    void halfClose() override { shutdown(socket_->fd(), SHUT_WR); }

    void reset() override {
        const linger now{1, 0};
        setsockopt(socket_->fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        reset_ = true;
    }

    /// Reads what still comes, below TLS.
    void drain() {
        std::array<char, 4096> ignored{};
        while (recv(socket_->fd(), ignored.data(), ignored.size(), 0) > 0) {
        }
    }

    void waitForPeer() override {
        while (readMore()) buffer_.clear();
    }

    [[nodiscard]] std::size_t index() const override { return index_; }

    [[nodiscard]] std::string serverNameIndication() const override {
        const char* name = ssl_ ? SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name) : nullptr;
        return name != nullptr ? name : "";
    }

    [[nodiscard]] std::string clientCertificateName() const override {
        const X509Ptr certificate(ssl_ ? SSL_get1_peer_certificate(ssl_.get()) : nullptr);
        if (!certificate) return {};
        std::array<char, 128> name{};
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                                  static_cast<int>(name.size()));
        return name.data();
    }

    /// A proper end where the script did not ask for a reset.
    void close() {
        if (!reset_ && ssl_) SSL_shutdown(ssl_.get());
    }

private:
    bool readMore() {
        constexpr std::size_t kChunk = 64U * 1024U;
        std::string chunk(kChunk, '\0');
        const auto got =
            ssl_ ? static_cast<ssize_t>(SSL_read(ssl_.get(), chunk.data(), static_cast<int>(chunk.size())))
                 : recv(socket_->fd(), chunk.data(), chunk.size(), 0);
        if (got <= 0) return false;
        buffer_.append(chunk, 0, static_cast<std::size_t>(got));
        return true;
    }

    static std::size_t contentLength(std::string_view header) {
        std::string lower(header);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
        constexpr std::string_view kField = "\r\ncontent-length: ";
        const std::size_t at = lower.find(kField);
        std::size_t length = 0;
        if (at == std::string::npos) return 0;
        const char* digits = lower.data() + at + kField.size();
        std::from_chars(digits, lower.data() + lower.size(), length);
        return length;
    }

    std::shared_ptr<Socket> socket_;
    std::size_t index_;
    SslPtr ssl_;
    std::string buffer_;
    bool reset_ = false;
};

void blockPipeSignal() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

bool RawConnection::answer(std::string_view body, std::string_view extraHeaders) {
    std::string text = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    text.append(extraHeaders).append("\r\n").append(body);
    return write(text);
}

class RawServer::Impl {
public:
    Impl(ContextPtr context, Script script)
        : context_(std::move(context)), script_(std::move(script)), listener_(listenOnLoopback()) {
        acceptor_ = std::jthread([this] { acceptAll(); });
    }

    ~Impl() {
        listener_.cut();
        acceptor_.join();
        for (const auto& socket : sockets_) {
            if (const auto alive = socket.lock()) alive->cut();
        }
        workers_.clear();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::uint16_t port() const { return portOf(listener_.fd()); }
    [[nodiscard]] bool tls() const noexcept { return context_ != nullptr; }
    [[nodiscard]] std::size_t connections() const noexcept { return accepted_; }

private:
    void acceptAll() {
        for (;;) {
            const int fd = accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;
            auto socket = std::make_shared<Socket>(fd);
            sockets_.push_back(socket);
            workers_.emplace_back([this, socket = std::move(socket), index = accepted_++]() mutable {
                blockPipeSignal();
                Connection connection(std::exchange(socket, nullptr), index, context_.get());
                if (!connection.handshake()) {
                    // An alert is lost when unread bytes turn the close into a reset.
                    connection.halfClose();
                    connection.drain();
                    return;
                }
                script_(connection);
                connection.close();
            });
        }
    }

    ContextPtr context_;
    Script script_;
    Socket listener_;
    std::atomic<std::size_t> accepted_ = 0;
    std::vector<std::weak_ptr<Socket>> sockets_;  ///< the acceptor's, and after its end the destructor's
    std::vector<std::jthread> workers_;           ///< likewise
    std::jthread acceptor_;
};

RawServer::RawServer(Script script) : impl_(std::make_unique<Impl>(nullptr, std::move(script))) {}
RawServer::RawServer(RawServerTls tls, Script script)
    : impl_(std::make_unique<Impl>(makeContext(tls), std::move(script))) {}
RawServer::~RawServer() = default;

std::uint16_t RawServer::port() const noexcept {
    return impl_->port();
}

std::string RawServer::url(std::string_view path) const {
    return (impl_->tls() ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port()) + std::string(path);
}

std::size_t RawServer::connections() const {
    return impl_->connections();
}

std::uint16_t unusedPort() {
    const Socket socket(listenOnLoopback());
    return portOf(socket.fd());
}

}  // namespace cerebral::test
