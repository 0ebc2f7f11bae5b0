#include "tests/support/reserved_port.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace cerebral::test {

ReservedPort::ReservedPort() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::setsockopt(fd_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 || ::bind(fd_, generic, size) != 0 ||
        ::getsockname(fd_, generic, &size) != 0) {
        throw std::runtime_error("no port can be reserved");
    }
    number_ = ntohs(address.sin_port);
}

ReservedPort::~ReservedPort() {
    ::close(fd_);
}

}  // namespace cerebral::test
