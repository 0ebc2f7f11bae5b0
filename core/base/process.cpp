#include "core/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <system_error>

#include "core/base/descriptor.h"

namespace cerebral {
namespace {

constexpr std::size_t kMaxErrors = 16U * 1024U;

tl::unexpected<Error> systemFailure(const std::string& what, int code) {
    return fail(ErrorKind::Io, what + ": " + std::generic_category().message(code));
}

/// "NAME=value" of this process with `additions` on top, and the pointers execve wants.
class Environment {
public:
    explicit Environment(const std::vector<std::pair<std::string, std::string>>& additions) {
        std::map<std::string, std::string> merged;
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            const std::string text(*entry);
            const std::size_t equals = text.find('=');
            if (equals != std::string::npos) merged[text.substr(0, equals)] = text.substr(equals + 1);
        }
        for (const auto& [name, value] : additions) merged[name] = value;
        for (const auto& [name, value] : merged) texts_.push_back(name + "=" + value);
        for (std::string& text : texts_) pointers_.push_back(text.data());
        pointers_.push_back(nullptr);
    }
    [[nodiscard]] char** get() { return pointers_.data(); }

private:
    std::vector<std::string> texts_;
    std::vector<char*> pointers_;
};

/// The attributes and descriptors of the new process.
class SpawnPlan {
public:
    SpawnPlan(int input, int output, int errors) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
        posix_spawnattr_init(&attributes_);
        sigset_t signals;
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes_, &signals);
        sigaddset(&signals, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    /// The new process or -errno.
    [[nodiscard]] pid_t spawn(const ProcessRequest& request) const {
        std::vector<std::string> texts{request.program};
        texts.insert(texts.end(), request.args.begin(), request.args.end());
        std::vector<char*> arguments;
        for (std::string& text : texts) arguments.push_back(text.data());
        arguments.push_back(nullptr);
        Environment environment(request.environment);
        pid_t pid = 0;
        const int code =
            posix_spawnp(&pid, request.program.c_str(), &actions_, &attributes_, arguments.data(), environment.get());
        return code == 0 ? pid : -code;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// Kills the process group and reaps the process unless it was reaped before.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    ~Child() {
        ::kill(-pid_, SIGKILL);
        if (!reaped_) reap();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    int reap() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        reaped_ = true;
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }

private:
    pid_t pid_;
    bool reaped_ = false;
};

/// Reads what is there. Returns false at the end of the stream.
bool readSome(int fd, std::string& into, std::size_t cap) {
    std::array<char, 16'384> buffer{};
    for (;;) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got > 0) {
            const std::size_t room = cap > into.size() ? cap - into.size() : 0;
            into.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
            continue;
        }
        if (got < 0 && errno == EINTR) continue;
        return got < 0 && errno == EAGAIN;
    }
}

/// The conversation with one running child.
class Conversation {
public:
    Conversation(const ProcessRequest& request, Descriptor in, Descriptor out, Descriptor err, Descriptor exited)
        : request_(request),
          input_(std::move(in)),
          output_(std::move(out)),
          errors_(std::move(err)),
          exited_(std::move(exited)) {}

    /// Until the child exited. Grandchildren that keep its output open are not waited for.
    Result<void> run(int stopped, const std::stop_token& stop) {
        const auto deadline = std::chrono::steady_clock::now() + request_.limit;
        writeInput();
        for (;;) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return fail(ErrorKind::Timeout, request_.program + " did not answer in time");
            std::array<pollfd, 5> watched{{{stopped, POLLIN, 0},
                                           {exited_.get(), POLLIN, 0},
                                           {output_.get(), POLLIN, 0},
                                           {errors_.get(), POLLIN, 0},
                                           {input_.get(), POLLOUT, 0}}};
            if (::poll(watched.data(), watched.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) {
                return systemFailure("poll", errno);
            }
            if (stop.stop_requested()) return fail(ErrorKind::Cancelled, request_.program + " was cancelled");
            const bool over = (watched[1].revents & POLLIN) != 0;
            if (watched[4].revents != 0) writeInput();
            if ((over || watched[2].revents != 0) && !readSome(output_.get(), output, request_.maxOutput + 1)) {
                output_ = Descriptor();
            }
            if ((over || watched[3].revents != 0) && !readSome(errors_.get(), errors, kMaxErrors)) {
                errors_ = Descriptor();
            }
            if (output.size() > request_.maxOutput) {
                return fail(ErrorKind::LimitExceeded, request_.program + " writes too much");
            }
            if (over) return {};
        }
    }

    std::string output;
    std::string errors;

private:
    void writeInput() {
        while (written_ < request_.input.size()) {
            const ssize_t sent = ::send(input_.get(), request_.input.data() + written_,
                                        request_.input.size() - written_, MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno == EINTR) continue;
            if (sent < 0 && errno == EAGAIN) return;
            if (sent < 0) break;  // it does not care to read: its answer decides
            written_ += static_cast<std::size_t>(sent);
        }
        input_ = Descriptor();
    }

    const ProcessRequest& request_;
    Descriptor input_;
    Descriptor output_;
    Descriptor errors_;
    Descriptor exited_;
    std::size_t written_ = 0;
};

}  // namespace

Result<ProcessOutcome> runProcess(const ProcessRequest& request, std::stop_token stop) {
    // Standard input is a socket so that a child that does not read cannot raise SIGPIPE here.
    std::array<int, 2> in{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0)
        return systemFailure("socketpair", errno);
    Descriptor inputOurs(in[0]);
    Descriptor inputTheirs(in[1]);
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) return systemFailure("pipe", errno);
    Descriptor outputOurs(out[0]);
    Descriptor outputTheirs(out[1]);
    std::array<int, 2> err{};
    if (::pipe2(err.data(), O_CLOEXEC) != 0) return systemFailure("pipe", errno);
    Descriptor errorsOurs(err[0]);
    Descriptor errorsTheirs(err[1]);
    ::fcntl(outputOurs.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(errorsOurs.get(), F_SETFL, O_NONBLOCK);
    const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (stopped.get() < 0) return systemFailure("eventfd", errno);

    const pid_t pid = SpawnPlan(inputTheirs.get(), outputTheirs.get(), errorsTheirs.get()).spawn(request);
    if (pid < 0) {
        const std::string what = "cannot run " + request.program;
        if (pid == -ENOENT) return fail(ErrorKind::NotFound, what + ": no such program");
        return systemFailure(what, -pid);
    }
    Child child(pid);
    inputTheirs = Descriptor();
    outputTheirs = Descriptor();
    errorsTheirs = Descriptor();
    // glibc 2.36 declares pidfd_open without C linkage.
    Descriptor exited(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (exited.get() < 0) return systemFailure("pidfd_open", errno);

    const std::stop_callback wake(stop, [fd = stopped.get()] {
        const eventfd_t one = 1;
        ::eventfd_write(fd, one);
    });
    Conversation conversation(request, std::move(inputOurs), std::move(outputOurs), std::move(errorsOurs),
                              std::move(exited));
    if (auto ended = conversation.run(stopped.get(), stop); !ended) return fail(ended.error());
    ProcessOutcome outcome;
    outcome.exitCode = child.reap();
    outcome.output = std::move(conversation.output);
    outcome.errors = std::move(conversation.errors);
    return outcome;
}

}  // namespace cerebral
