#include "app/demo/api/self_signed.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace cerebral::demo {
namespace {

template <auto Free>
struct Release {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

bool addExtension(X509* certificate, int id, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

}  // namespace

Result<net::ServerTls> makeSelfSigned() {
    const auto failed = [] { return fail(ErrorKind::Tls, "cannot make a certificate for the demo's API"); };
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate) return failed();
    X509* x = certificate.get();
    std::uint32_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return failed();
    constexpr long kYear = 365L * 24 * 3600;
    bool good = X509_set_version(x, 2) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(x), serial >> 1U) == 1;
    good = good && X509_gmtime_adj(X509_getm_notBefore(x), -3600) && X509_gmtime_adj(X509_getm_notAfter(x), kYear);
    good = good && X509_set_pubkey(x, key.get()) == 1;
    X509_NAME* name = X509_get_subject_name(x);
    const std::string subject = "cerebral-demo";
    good =
        good && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                           reinterpret_cast<const unsigned char*>(subject.c_str()), -1, -1, 0) == 1;
    good = good && X509_set_issuer_name(x, name) == 1;
    good = good && addExtension(x, NID_basic_constraints, "critical,CA:TRUE") &&
           addExtension(x, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost") &&
           addExtension(x, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
           addExtension(x, NID_ext_key_usage, "serverAuth");
    good = good && X509_sign(x, key.get(), EVP_sha256()) > 0;
    const Bio certificateText(BIO_new(BIO_s_mem())), keyText(BIO_new(BIO_s_mem()));
    good = good && certificateText && keyText && PEM_write_bio_X509(certificateText.get(), x) == 1 &&
           PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    if (!good) return failed();
    return net::ServerTls{textOf(certificateText.get()), textOf(keyText.get()), {}};
}

}  // namespace cerebral::demo
