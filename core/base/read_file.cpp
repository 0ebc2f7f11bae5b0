#include "core/base/read_file.h"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "core/base/descriptor.h"

namespace cerebral {
namespace {

tl::unexpected<Error> failure(const std::string& path, int code) {
    const auto kind = code == ENOENT || code == ENOTDIR ? ErrorKind::NotFound : ErrorKind::Io;
    return fail(kind, "cannot read " + path + ": " + std::generic_category().message(code));
}

}  // namespace

Result<std::string> readFile(const std::string& path, std::size_t maxBytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (file.get() < 0) return failure(path, errno);
    std::string content;
    std::array<char, 16'384> buffer{};
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failure(path, errno);
        if (got == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
        if (content.size() > maxBytes) {
            return fail(ErrorKind::LimitExceeded,
                        path + " is larger than " + std::to_string(maxBytes / 1024) + " KiB");
        }
    }
}

}  // namespace cerebral
