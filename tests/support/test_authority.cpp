#include "tests/support/test_authority.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

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
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

void require(bool good) {
    if (!good) throw std::runtime_error("OpenSSL refused to make a test certificate");
}

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pemOf(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(bio.get(), certificate) == 1);
    return textOf(bio.get());
}

std::string pemOf(EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return textOf(bio.get());
}

void setName(X509_NAME* name, const std::string& commonName) {
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0) == 1);
}

void addExtension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

X509Ptr blankCertificate(EVP_PKEY* key, const std::string& commonName) {
    constexpr long kClockSkew = 300;
    constexpr long kHour = 3600;
    X509Ptr certificate(X509_new());
    require(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    std::uint32_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kClockSkew);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
    require(X509_set_pubkey(certificate.get(), key) == 1);
    setName(X509_get_subject_name(certificate.get()), commonName);
    return certificate;
}

}  // namespace

class TestAuthority::Impl {
public:
    explicit Impl(const std::string& commonName) : key(EVP_EC_gen("P-256")) {
        certificate = blankCertificate(key.get(), commonName);
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
        addExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
        addExtension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign");
        require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    }
    KeyPtr key;
    X509Ptr certificate;
};

TestAuthority::TestAuthority(const std::string& commonName) : impl_(std::make_unique<Impl>(commonName)) {}
TestAuthority::~TestAuthority() = default;

std::string TestAuthority::certificatePem() const {
    return pemOf(impl_->certificate.get());
}

CertifiedKey TestAuthority::issue(const std::string& commonName,
                                  const std::vector<std::string>& alternativeNames) const {
    const KeyPtr key(EVP_EC_gen("P-256"));
    const X509Ptr certificate = blankCertificate(key.get(), commonName);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(impl_->certificate.get()));
    std::string names;
    for (const std::string& name : alternativeNames) names += (names.empty() ? "" : ",") + name;
    if (!names.empty()) addExtension(certificate.get(), impl_->certificate.get(), NID_subject_alt_name, names);
    require(X509_sign(certificate.get(), impl_->key.get(), EVP_sha256()) > 0);
    return {pemOf(certificate.get()), pemOf(key.get())};
}

}  // namespace cerebral::test
