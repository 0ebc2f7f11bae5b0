#include "ui/models/difference_lines.h"

#include <algorithm>

#include "ui/models/format.h"

namespace cerebral::ui {
namespace {

using Kind = DifferenceLine::Kind;

QString shortHash(const std::string& text) {
    QString hash = fromUtf8(text);
    if (const qsizetype at = hash.indexOf(QLatin1String("sha256:")); at >= 0) hash = hash.mid(at + 7);
    const bool hex = hash.size() >= 12 && std::all_of(hash.begin(), hash.end(), [](QChar c) {
                         return c.isDigit() || (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
                     });
    return hex ? hash.left(7) : hash;
}

}  // namespace

std::vector<DifferenceLine> differenceLines(const analysis::RunDifferences& d) {
    std::vector<DifferenceLine> lines;
    const auto add = [&](const char* label, const analysis::Change& change, Kind kind, bool code) {
        if (change.sameness == analysis::Sameness::Unknown) return;
        if (change.sameness == analysis::Sameness::Same) {
            lines.push_back({QString::fromUtf8(label), Kind::Same, {}, {}});
        } else {
            lines.push_back(
                {QString::fromUtf8(label), kind, shortHash(change.before), shortHash(change.after), code});
        }
    };
    add("Commits", d.commit, Kind::Commits, true);
    const bool otherImage = d.baseImage.sameness == analysis::Sameness::Changed;
    add("Base image", otherImage ? d.baseImage : d.baseDigest, Kind::Value, true);
    if (d.params.empty()) lines.push_back({QStringLiteral("Params"), Kind::Same, {}, {}});
    for (const analysis::ParamChange& param : d.params) {
        const auto valueOf = [](const std::optional<std::string>& value) {
            return value ? fromUtf8(*value) : QStringLiteral("(not set)");
        };
        lines.push_back({fromUtf8(param.name), Kind::Param, valueOf(param.before), valueOf(param.after), true});
    }
    add("Pipeline", d.pipeline, Kind::Value, false);
    add("Account", d.serviceAccount, Kind::Value, false);
    return lines;
}

}  // namespace cerebral::ui
