// Libraries that are loaded by the first call to one of their functions instead of before the program begins.
//
// libcurl brings some thirty libraries (Kerberos, LDAP, SSH, …), and OpenSSL and SQLite make the loader look up 7,000
// symbols: all that takes longer than painting the first frame, which needs none of them. So cerebral-dashboard alone
// is not linked with them. It has delay loading instead, which other systems' linkers offer: each function named
// below is a jump to the address that its record holds; as long as there is none, `cerebral_load_late` is asked for
// it. One that is missing below is found by the linker all the same: then its library is needed from the beginning
// again, and bench_window says so. Other processors than this one's link the libraries (CMakeLists.txt).
#include <dlfcn.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "app/dashboard/late_libraries.h"

// Arguments travel in registers, which `cerebral_load_late` may change: they are kept around it (System V ABI; %al
// counts the vector registers of a variadic call, %r11 belongs to whatever lies between a caller and the function).
asm(R"(
    .macro late library, name
    .pushsection .rodata.str1.1, "aMS", @progbits, 1
late_name_\name: .string "\name"
    .popsection
    .pushsection cerebral_late, "aw", @progbits
    .balign 8
late_\name: .quad 0, \library, late_name_\name
    .popsection
    .globl \name
    .hidden \name
    .type \name, @function
\name: endbr64
    leaq late_\name(%rip), %r11
    cmpq $0, (%r11)
    je late_load
    jmpq *(%r11)
    .size \name, . - \name
    .endm

    .text
    .type late_load, @function
late_load:
    pushq %rbp
    movq %rsp, %rbp
    subq $192, %rsp
    movq %rdi, (%rsp)
    movq %rsi, 8(%rsp)
    movq %rdx, 16(%rsp)
    movq %rcx, 24(%rsp)
    movq %r8, 32(%rsp)
    movq %r9, 40(%rsp)
    movq %rax, 48(%rsp)
    movaps %xmm0, 64(%rsp)
    movaps %xmm1, 80(%rsp)
    movaps %xmm2, 96(%rsp)
    movaps %xmm3, 112(%rsp)
    movaps %xmm4, 128(%rsp)
    movaps %xmm5, 144(%rsp)
    movaps %xmm6, 160(%rsp)
    movaps %xmm7, 176(%rsp)
    movq %r11, %rdi
    call cerebral_load_late
    movq %rax, %r11
    movaps 64(%rsp), %xmm0
    movaps 80(%rsp), %xmm1
    movaps 96(%rsp), %xmm2
    movaps 112(%rsp), %xmm3
    movaps 128(%rsp), %xmm4
    movaps 144(%rsp), %xmm5
    movaps 160(%rsp), %xmm6
    movaps 176(%rsp), %xmm7
    movq (%rsp), %rdi
    movq 8(%rsp), %rsi
    movq 16(%rsp), %rdx
    movq 24(%rsp), %rcx
    movq 32(%rsp), %r8
    movq 40(%rsp), %r9
    movq 48(%rsp), %rax
    leave
    jmpq *%r11
    .size late_load, . - late_load
)");

/// By the places of their libraries in `kLibraries`.
asm(R"(
    .macro from library, names:vararg
    .irp name, \names
    late \library, \name
    .endr
    .endm

    from 0, curl_easy_cleanup, curl_easy_getinfo, curl_easy_init, curl_easy_setopt, curl_easy_strerror
    from 0, curl_global_cleanup, curl_global_init, curl_multi_add_handle, curl_multi_cleanup, curl_multi_info_read
    from 0, curl_multi_init, curl_multi_perform, curl_multi_poll, curl_multi_remove_handle, curl_multi_setopt
    from 0, curl_multi_strerror, curl_multi_wakeup, curl_slist_append, curl_slist_free_all

    from 1, SSL_CTX_ctrl, SSL_CTX_free, SSL_CTX_get_cert_store, SSL_CTX_get_default_passwd_cb
    from 1, SSL_CTX_get_default_passwd_cb_userdata, SSL_CTX_get_ex_data, SSL_CTX_get_verify_callback, SSL_CTX_new
    from 1, SSL_CTX_set_default_passwd_cb_userdata, SSL_CTX_set_ex_data, SSL_CTX_set_options, SSL_CTX_set_verify
    from 1, SSL_CTX_use_PrivateKey, SSL_CTX_use_certificate, SSL_accept, SSL_connect, SSL_ctrl, SSL_free
    from 1, SSL_get1_peer_certificate, SSL_get_error, SSL_get_ex_data, SSL_get_shutdown, SSL_get_verify_result
    from 1, SSL_new, SSL_read, SSL_set_bio, SSL_set_ex_data, SSL_write, TLS_client_method, TLS_method
    from 1, TLS_server_method

    from 2, ASN1_INTEGER_set, BIO_ctrl, BIO_ctrl_pending, BIO_free, BIO_free_all, BIO_new, BIO_new_bio_pair
    from 2, BIO_new_mem_buf, BIO_read, BIO_s_mem, BIO_write, CRYPTO_memcmp, ERR_clear_error, ERR_get_error
    from 2, ERR_peek_error, ERR_peek_last_error, ERR_reason_error_string, EVP_Digest, EVP_MAC_CTX_dup
    from 2, EVP_MAC_CTX_free, EVP_MAC_CTX_new, EVP_MAC_fetch, EVP_MAC_final, EVP_MAC_free, EVP_MAC_init
    from 2, EVP_MAC_update, EVP_PKEY_Q_keygen, EVP_PKEY_free, EVP_sha256, OPENSSL_cleanse, OSSL_PARAM_construct_end
    from 2, OSSL_PARAM_construct_utf8_string, PEM_read_bio_PrivateKey, PEM_read_bio_X509, PEM_read_bio_X509_AUX
    from 2, PEM_write_bio_PrivateKey, PEM_write_bio_X509, RAND_bytes, X509V3_EXT_conf_nid, X509V3_set_ctx
    from 2, X509_EXTENSION_free, X509_NAME_add_entry_by_txt, X509_NAME_get_text_by_NID, X509_STORE_add_cert
    from 2, X509_add_ext, X509_free, X509_get_serialNumber, X509_get_subject_name, X509_getm_notAfter
    from 2, X509_getm_notBefore, X509_gmtime_adj, X509_new, X509_set_issuer_name, X509_set_pubkey, X509_set_version
    from 2, X509_sign

    from 3, sqlite3_backup_finish, sqlite3_backup_init, sqlite3_backup_pagecount, sqlite3_backup_remaining
    from 3, sqlite3_backup_step, sqlite3_bind_blob, sqlite3_bind_double, sqlite3_bind_int, sqlite3_bind_int64
    from 3, sqlite3_bind_null, sqlite3_bind_parameter_count, sqlite3_bind_parameter_index, sqlite3_bind_text
    from 3, sqlite3_busy_timeout, sqlite3_changes, sqlite3_clear_bindings, sqlite3_close, sqlite3_column_blob
    from 3, sqlite3_column_bytes, sqlite3_column_count, sqlite3_column_decltype, sqlite3_column_double
    from 3, sqlite3_column_int, sqlite3_column_int64, sqlite3_column_name, sqlite3_column_origin_name
    from 3, sqlite3_column_text, sqlite3_column_type, sqlite3_create_function_v2, sqlite3_db_config
    from 3, sqlite3_errcode, sqlite3_errmsg, sqlite3_errstr, sqlite3_exec, sqlite3_expanded_sql
    from 3, sqlite3_extended_errcode, sqlite3_finalize, sqlite3_free, sqlite3_last_insert_rowid, sqlite3_libversion
    from 3, sqlite3_libversion_number, sqlite3_load_extension, sqlite3_open_v2, sqlite3_prepare_v2, sqlite3_reset
    from 3, sqlite3_step, sqlite3_total_changes
)");

namespace {

/// As `late` lays it out.
struct LateFunction {
    std::atomic<void*> address;
    std::uint64_t library;
    const char* name;
};
static_assert(sizeof(LateFunction) == 24 && std::atomic<void*>::is_always_lock_free);

constexpr std::array<const char*, 4> kLibraries{"libcurl.so.4", "libssl.so.3", "libcrypto.so.3", "libsqlite3.so.0"};

}  // namespace

extern "C" {

/// Of the section's first record and behind its last; the linker's.
extern LateFunction __start_cerebral_late;  // NOLINT(bugprone-reserved-identifier): named by the linker
extern LateFunction __stop_cerebral_late;   // NOLINT(bugprone-reserved-identifier)

__attribute__((used, visibility("hidden"))) void* cerebral_load_late(LateFunction* late) {
    // Loading what is loaded only counts; whoever comes first of two threads, the address is the same.
    void* const library = ::dlopen(kLibraries.at(late->library), RTLD_NOW | RTLD_LOCAL);
    void* const address = library == nullptr ? nullptr : ::dlsym(library, late->name);
    if (address == nullptr) {
        // A program that is linked with what is not there does not begin either.
        std::fprintf(stderr, "cerebral-dashboard: %s\n", ::dlerror());
        std::_Exit(127);
    }
    late->address.store(address, std::memory_order_release);
    return address;
}
}

namespace cerebral::dashboard {

std::size_t loadLateFunctions() {
    std::size_t count = 0;
    for (LateFunction* late = &__start_cerebral_late; late != &__stop_cerebral_late; ++late, ++count)
        cerebral_load_late(late);
    return count;
}

}  // namespace cerebral::dashboard
