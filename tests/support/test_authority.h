#pragma once
/// @file TestAuthority: a certificate authority made afresh in each test (EC P-256, one hour).

#include <memory>
#include <string>
#include <vector>

namespace cerebral::test {

struct CertifiedKey {
    std::string certificatePem;
    std::string keyPem;
};

class TestAuthority {
public:
    explicit TestAuthority(const std::string& commonName);
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    [[nodiscard]] std::string certificatePem() const;
    /// @param alternativeNames in OpenSSL's spelling: "DNS:api.test", "IP:127.0.0.1"; may be empty for clients
    [[nodiscard]] CertifiedKey issue(const std::string& commonName,
                                     const std::vector<std::string>& alternativeNames) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cerebral::test
