// A kubeconfig → contexts and an access, or a message that names the file.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/clock.h"
#include "core/kube/kubeconfig_access.h"

using namespace cerebral;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    // Files that a kubeconfig names are read: let it name only what is not there.
    for (const char* forbidden : {"/dev", "/proc", "/sys", "/etc"}) {
        if (text.find(forbidden) != std::string::npos) return 0;
    }
    const SystemClock clock;
    kube::KubeconfigContent content;
    const auto merged = kube::mergeKubeconfigFile("/nowhere/F", text, content);
    if (!merged) {
        if (merged.error().kind != ErrorKind::Config || merged.error().message.find("/nowhere/F") != 0) std::abort();
        return 0;
    }
    for (const std::string& name : content.contextOrder) {
        const auto access = kube::accessFor(content, name, clock);
        if (access ? access->server.empty() : access.error().message.empty()) std::abort();
    }
    return 0;
}
