#include "core/history/sqlite_support.h"

#include <sqlite3.h>

namespace cerebral::history {

Error errorOf(const SQLite::Exception& exception, std::string_view doing) {
    Error error;
    switch (exception.getErrorCode() & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            error.kind = ErrorKind::Timeout;
            break;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            error.kind = ErrorKind::Malformed;
            break;
        case SQLITE_FULL:
            error.kind = ErrorKind::LimitExceeded;
            break;
        default:
            error.kind = ErrorKind::Io;
            break;
    }
    error.message = "history: " + std::string(doing) + ": " + exception.what();
    return error;
}

}  // namespace cerebral::history
