#include "core/config/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <sstream>

#include "core/config/suggest.h"

namespace cerebral::config {
namespace {

constexpr std::size_t kMaxBytes = 1024U * 1024U;
constexpr std::size_t kMaxNodes = 20'000;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxQuoted = 80;

/// Where a second document's content begins. Not YAML::LoadAll: on some broken texts its parser hands out
/// documents for ever.
class SecondDocument final : public YAML::EventHandler {
public:
    [[nodiscard]] const std::optional<YAML::Mark>& mark() const noexcept { return mark_; }

    void OnDocumentStart(const YAML::Mark&) override { ++documents_; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { content(mark); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { content(mark); }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t, const std::string&) override {
        content(mark);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        content(mark);
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
        content(mark);
    }
    void OnMapEnd() override {}

private:
    void content(const YAML::Mark& mark) {
        if (documents_ == 2 && !mark_) mark_ = mark;
    }

    int documents_ = 0;
    std::optional<YAML::Mark> mark_;
};

std::optional<YAML::Mark> secondDocument(const std::string& text) {
    std::istringstream input(text);
    YAML::Parser parser(input);
    SecondDocument second;
    for (int i = 0; i < 2 && parser.HandleNextDocument(second); ++i) {
    }
    return second.mark();
}

/// Aliases unfold: each use of an anchor counts again, and one may even contain itself. False: too much.
bool countNodes(const YAML::Node& node, std::size_t& count, int depth) {
    if (++count > kMaxNodes || depth > kMaxDepth) return false;
    if (node.IsSequence()) {
        for (const auto& item : node) {
            if (!countNodes(item, count, depth + 1)) return false;
        }
    } else if (node.IsMap()) {
        for (const auto& entry : node) {
            if (!countNodes(entry.first, count, depth + 1) || !countNodes(entry.second, count, depth + 1))
                return false;
        }
    }
    return true;
}

const char* kindOf(const YAML::Node& node) {
    if (node.IsSequence()) return "a list";
    if (node.IsMap()) return "a mapping";
    if (node.IsScalar()) return "a single value";
    return "nothing";
}

}  // namespace

void Mistakes::add(const YAML::Mark& mark, const std::string& what) {
    const int line = mark.is_null() ? 1 : mark.line + 1;
    const int column = mark.is_null() ? 1 : mark.column + 1;
    lines_.push_back({line, column, what});
}

tl::unexpected<Error> Mistakes::error() const {
    std::vector<Line> sorted = lines_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Line& a, const Line& b) {
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    std::string text;
    for (const Line& line : sorted) {
        if (!text.empty()) text += '\n';
        text += fileName_ + ":" + std::to_string(line.line) + ":" + std::to_string(line.column) + ": " + line.text;
    }
    return fail(ErrorKind::Config, std::move(text));
}

std::string inQuotes(std::string_view text) {
    std::string shown = "\"";
    for (const char c : text.substr(0, kMaxQuoted))
        shown += static_cast<unsigned char>(c) < ' ' || c == 127 ? '?' : c;
    if (text.size() > kMaxQuoted) shown += "…";
    return shown + "\"";
}

Result<YAML::Node> parseYaml(std::string_view yaml, std::string_view fileName) {
    Mistakes mistakes(fileName);
    if (yaml.size() > kMaxBytes) {
        mistakes.add({}, "the file has " + std::to_string(yaml.size()) + " bytes; a configuration has at most " +
                             std::to_string(kMaxBytes));
        return mistakes.error();
    }
    try {
        const std::string text(yaml);
        if (const auto second = secondDocument(text)) {
            mistakes.add(*second, "a second document begins here; the file holds one");
            return mistakes.error();
        }
        YAML::Node root = YAML::Load(text);
        std::size_t count = 0;
        if (!countNodes(root, count, 0)) {
            mistakes.add({}, "the file unfolds to more than " + std::to_string(kMaxNodes) + " values or " +
                                 std::to_string(kMaxDepth) + " levels");
            return mistakes.error();
        }
        return root;
    } catch (const YAML::Exception& e) {
        mistakes.add(e.mark, "not YAML: " + e.msg);
        return mistakes.error();
    }
}

YamlMapping::YamlMapping(const YAML::Node& node, Mistakes& mistakes, std::span<const std::string_view> knownKeys,
                         std::string_view what)
    : node_(node), mistakes_(mistakes) {
    if (!node.IsMap()) {
        if (node.IsDefined() && !node.IsNull()) {
            mistakes_.add(node.Mark(), std::string(what) + " must be a mapping of keys, this is " + kindOf(node));
        }
        return;
    }
    std::set<std::string> seen;
    for (const auto& entry : node_) {
        if (!entry.first.IsScalar()) {
            mistakes_.add(entry.first.Mark(),
                          "a key must be a single word, this is " + std::string(kindOf(entry.first)));
            continue;
        }
        const std::string& key = entry.first.Scalar();
        if (std::find(knownKeys.begin(), knownKeys.end(), key) == knownKeys.end()) {
            mistakes_.add(entry.first.Mark(),
                          "unknown key " + inQuotes(key) + " in " + std::string(what) + didYouMean(key, knownKeys));
        } else if (!seen.insert(key).second) {
            mistakes_.add(entry.first.Mark(), inQuotes(key) + " is given twice");
        }
    }
}

YAML::Node YamlMapping::find(std::string_view key) const {
    if (node_.IsMap()) {
        for (const auto& entry : node_) {
            if (entry.first.IsScalar() && entry.first.Scalar() == key) return entry.second;
        }
    }
    return YAML::Node(YAML::NodeType::Undefined);
}

void YamlMapping::text(std::string_view key, std::string& target, const Check& check) {
    const YAML::Node value = find(key);
    if (!value.IsDefined()) return;
    if (!value.IsScalar()) {
        mistakes_.add(value.Mark(), std::string(key) + " must be a single value, this is " + kindOf(value));
        return;
    }
    if (const std::string wrong = check ? check(value.Scalar()) : std::string(); !wrong.empty()) {
        mistakes_.add(value.Mark(), std::string(key) + " " + inQuotes(value.Scalar()) + ": " + wrong);
        return;
    }
    target = value.Scalar();
}

void YamlMapping::list(std::string_view key, std::vector<std::string>& target, const Check& check) {
    const YAML::Node value = find(key);
    if (!value.IsDefined()) return;
    if (!value.IsSequence()) {
        mistakes_.add(value.Mark(), std::string(key) + " must be a list (\"- …\" lines), this is " + kindOf(value));
        return;
    }
    std::vector<std::string> items;
    for (const auto& item : value) {
        if (!item.IsScalar()) {
            mistakes_.add(item.Mark(),
                          "an entry of " + std::string(key) + " must be a single value, this is " + kindOf(item));
            continue;
        }
        const std::string wrong = check ? check(item.Scalar()) : std::string();
        if (!wrong.empty()) {
            mistakes_.add(item.Mark(), std::string(key) + " " + inQuotes(item.Scalar()) + ": " + wrong);
            continue;
        }
        items.push_back(item.Scalar());
    }
    target = std::move(items);
}

void YamlMapping::flag(std::string_view key, bool& target) {
    std::string ignored;
    text(key, ignored, [&target](const std::string& value) -> std::string {
        if (value != "true" && value != "false") return "write true or false";
        target = value == "true";
        return {};
    });
}

void YamlMapping::count(std::string_view key, std::size_t& target, std::size_t least, std::size_t most) {
    std::string ignored;
    text(key, ignored, [&](const std::string& value) -> std::string {
        std::size_t number = 0;
        const char* end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc() || stop != end || number < least || number > most) {
            return "write a whole number from " + std::to_string(least) + " to " + std::to_string(most);
        }
        target = number;
        return {};
    });
}

}  // namespace cerebral::config
