#include "core/net/server/socket_stream.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <boost/asio/write.hpp>

namespace cerebral::net {

using asio::ip::tcp;

SocketStream::SocketStream(tcp::socket socket, asio::ssl::context* tls) : socket_(std::move(socket)) {
    SocketError ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (tls != nullptr) tls_.emplace(socket_, *tls);
}

void SocketStream::handshake(std::function<void(SocketError)> done) {
    tls_->async_handshake(asio::ssl::stream_base::server, std::move(done));
}

void SocketStream::readSome(char* data, std::size_t size, IoHandler done) {
    const asio::mutable_buffer buffer(data, size);
    if (tls_) {
        tls_->async_read_some(buffer, std::move(done));
    } else {
        socket_.async_read_some(buffer, std::move(done));
    }
}

void SocketStream::write(const std::vector<asio::const_buffer>& buffers, IoHandler done) {
    if (tls_) {
        asio::async_write(*tls_, buffers, std::move(done));
    } else {
        asio::async_write(socket_, buffers, std::move(done));
    }
}

void SocketStream::cancel() {
    SocketError ignored;
    socket_.cancel(ignored);
}

void SocketStream::shutdownSend() {
    SocketError ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void SocketStream::close() {
    SocketError ignored;
    socket_.close(ignored);
}

std::string SocketStream::peer() const {
    SocketError error;
    const auto endpoint = socket_.remote_endpoint(error);
    if (error) return {};
    const std::string host = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

std::string SocketStream::clientCertificateName() {
    if (!tls_) return {};
    SSL* const ssl = tls_->native_handle();
    if (SSL_get_verify_result(ssl) != X509_V_OK) return {};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl), &X509_free);
    if (!certificate) return {};
    std::array<char, 256> name{};
    const int length = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName,
                                                 name.data(), static_cast<int>(name.size()));
    return length > 0 ? std::string(name.data(), static_cast<std::size_t>(length)) : std::string();
}

Result<std::unique_ptr<asio::ssl::context>> makeTlsContext(const ServerTls& options) {
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    SocketError error;
    context->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
    if (!error) context->use_certificate_chain(asio::buffer(options.certificatePem), error);
    if (error) return fail(ErrorKind::Config, "the TLS certificate cannot be used: " + error.message());
    context->use_private_key(asio::buffer(options.privateKeyPem), asio::ssl::context::pem, error);
    if (error) return fail(ErrorKind::Config, "the TLS private key cannot be used: " + error.message());
    if (!options.clientCaPem.empty()) {
        context->add_certificate_authority(asio::buffer(options.clientCaPem), error);
        if (!error) context->set_verify_mode(asio::ssl::verify_peer, error);
        if (error) return fail(ErrorKind::Config, "the TLS client CA cannot be used: " + error.message());
    }
    return context;
}

}  // namespace cerebral::net
