#include "app/demo/api/cluster_keys.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>

#include "app/demo/api/self_signed.h"
#include "app/demo/store/json.h"
#include "core/base/encoding.h"

namespace cerebral::demo {
namespace {

Secret randomKey() {
    std::array<unsigned char, 24> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::terminate();
    return Secret(toHex(bytes));
}

}  // namespace

Result<ClusterKeys> makeClusterKeys() {
    auto tls = makeSelfSigned();
    if (!tls) return fail(tls.error());
    return ClusterKeys{std::move(*tls), randomKey(), randomKey()};
}

Result<ClusterKeys> keptClusterKeys(const std::string& path) {
    if (std::ifstream file(path, std::ios::binary); file) {
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        const Json tree = Json::parse(text, nullptr, false);
        ClusterKeys keys;
        if (tree.is_object()) {
            keys.tls.certificatePem = tree.value("certificate", "");
            keys.tls.privateKeyPem = tree.value("privateKey", "");
            keys.administratorToken = Secret(tree.value("administratorToken", ""));
            keys.signingKey = Secret(tree.value("signingKey", ""));
        }
        if (keys.tls.certificatePem.empty() || keys.tls.privateKeyPem.empty() || keys.administratorToken.empty() ||
            keys.signingKey.empty()) {
            return fail(ErrorKind::Config, path + " holds no keys of a demo cluster");
        }
        return keys;
    }
    auto keys = makeClusterKeys();
    if (!keys) return keys;
    const Json tree{{"certificate", keys->tls.certificatePem},
                    {"privateKey", keys->tls.privateKeyPem},
                    {"administratorToken", std::string(keys->administratorToken.reveal())},
                    {"signingKey", std::string(keys->signingKey.reveal())}};
    if (const auto written = writePrivateFile(path, tree.dump(2) + "\n"); !written) return fail(written.error());
    return keys;
}

Result<void> writePrivateFile(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return fail(ErrorKind::Io, "cannot write " + path);
    const bool mode = ::fchmod(file, 0600) == 0;
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (::close(file) != 0 || !mode || !whole) return fail(ErrorKind::Io, "cannot write " + path);
    return {};
}

}  // namespace cerebral::demo
