#include "ui/models/selector_words.h"

#include <QRegularExpression>
#include <set>
#include <string>

#include "ui/models/format.h"
#include "ui/models/run_filter.h"

namespace cerebral::ui {
namespace {

constexpr std::size_t kMostWords = 200;

QStringList keysOf(const RunSet& runs) {
    std::set<std::string, std::less<>> keys;
    runs.forEach([&](const RunRow& row) {
        for (const auto& label : row.run->meta.labels) {
            if (!keys.contains(label.name)) keys.emplace(label.name);
        }
    });
    QStringList words;
    for (const std::string& key : keys) {
        // Ours first, as they are written.
        const QString whole = fromUtf8(key);
        const QString plain = LabelSelector::shortKey(whole);
        plain == whole ? words.append(whole) : words.prepend(plain);
    }
    return words;
}

QStringList valuesOf(const RunSet& runs, const QString& key) {
    const std::string whole = LabelSelector::fullKey(key);
    std::set<std::string, std::less<>> values;
    runs.forEach([&](const RunRow& row) {
        const auto value = row.run->meta.labels.find(whole);
        if (value && values.size() < kMostWords && !values.contains(*value)) values.emplace(*value);
    });
    QStringList words;
    for (const std::string& value : values) words << fromUtf8(value);
    return words;
}

}  // namespace

SelectorOffer selectorOffer(const QString& text, const RunSet& runs) {
    static const QRegularExpression set(QStringLiteral(R"(([A-Za-z0-9._/-]+)\s+(?:in|notin)\s+\(([^()]*)$)"));
    static const QRegularExpression value(QStringLiteral(R"(([A-Za-z0-9._/-]+)\s*(?:==|!=|=)\s*([^,()=!\s]*)$)"));
    static const QRegularExpression key(QStringLiteral(R"((?:^|,)\s*!?\s*([A-Za-z0-9._/-]*)$)"));
    SelectorOffer offer;
    QStringList known;
    if (const auto in = set.match(text); in.hasMatch()) {
        known = valuesOf(runs, in.captured(1));
        const qsizetype comma = text.lastIndexOf(QLatin1Char(','));
        offer.from = std::max(in.capturedStart(2), comma + 1);
        while (offer.from < text.size() && text[offer.from].isSpace()) ++offer.from;
    } else if (const auto is = value.match(text); is.hasMatch()) {
        known = valuesOf(runs, is.captured(1));
        offer.from = is.capturedStart(2);
    } else if (const auto bare = key.match(text); bare.hasMatch()) {
        known = keysOf(runs);
        offer.from = bare.capturedStart(1);
    } else {
        return offer;
    }
    const QString typed = text.mid(offer.from);
    for (const QString& word : known) {
        if (word.startsWith(typed, Qt::CaseInsensitive) && word != typed) offer.words << word;
    }
    return offer;
}

}  // namespace cerebral::ui
