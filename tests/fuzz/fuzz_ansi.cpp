// A log from outside → drawable lines, the first error, its fingerprint. Nothing in it may act or break UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/analysis/ansi.h"
#include "core/analysis/first_error.h"
#include "core/analysis/log_text.h"
#include "core/analysis/utf8.h"

using namespace cerebral::analysis;

namespace {

void requireDrawable(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decodeUtf8(text, at);
        const bool control = point.value < 0x20 || (point.value >= 0x7F && point.value <= 0x9F);
        if (!point.valid || (control && point.value != '\t')) std::abort();
        at += point.bytes;
    }
}

void requireOrdered(const AnsiLine& line) {
    std::size_t end = 0;
    for (const StyleSpan& span : line.spans) {
        if (span.begin < end || span.begin >= span.end || span.end > line.text.size()) std::abort();
        if (span.style.isPlain()) std::abort();
        end = span.end;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view log(reinterpret_cast<const char*>(data), size);
    AnsiStyle style;
    for (const std::string_view raw : splitLines(log)) {
        const AnsiLine line = parseAnsiLine(splitTimestamp(raw).text, style);
        requireDrawable(line.text);
        requireOrdered(line);
        if (line.text.size() > 3 * raw.size()) std::abort();
    }
    for (const Timestamps timestamps : {Timestamps::Absent, Timestamps::Present}) {
        const auto error = analyseStepLog(log, timestamps);
        if (!error) continue;
        for (const std::string& line : error->excerpt.lines) requireDrawable(line);
        requireDrawable(error->excerpt.errorLine());
        requireDrawable(error->normalised);
        if (error->normalised.size() > 240 || error->fingerprint.size() != 16) std::abort();
    }
    return 0;
}
