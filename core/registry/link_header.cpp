#include "core/registry/link_header.h"

#include "core/net/http.h"
#include "core/registry/header_scanner.h"

namespace cerebral::registry {
namespace {

bool holdsNext(std::string_view relations) {
    while (!relations.empty()) {
        const std::size_t space = relations.find(' ');
        if (net::equalsIgnoreCase(relations.substr(0, space), "next")) return true;
        if (space == std::string_view::npos) return false;
        relations.remove_prefix(space + 1);
    }
    return false;
}

}  // namespace

std::optional<std::string> nextLink(std::string_view header) {
    HeaderScanner scanner(header);
    while (!scanner.atEnd()) {
        scanner.skipAny(", \t");
        if (!scanner.take('<')) return std::nullopt;
        const auto target = scanner.until('>');
        if (!target) return std::nullopt;
        bool isNext = false;
        while (scanner.takeAfterBlanks(';')) {
            scanner.skipAny(" \t");
            const std::string_view name = scanner.token();
            std::string value;
            if (scanner.takeAfterBlanks('=')) {
                const auto parsed = scanner.tokenOrQuoted();
                if (!parsed) return std::nullopt;
                value = *parsed;
            }
            if (net::equalsIgnoreCase(name, "rel") && holdsNext(value)) isNext = true;
        }
        if (isNext) return std::string(*target);
        scanner.skipAny(" \t");
        if (!scanner.atEnd() && !scanner.take(',')) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace cerebral::registry
