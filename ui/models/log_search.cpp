#include "ui/models/log_search.h"

#include <QElapsedTimer>
#include <algorithm>

namespace cerebral::ui {
namespace {
constexpr std::size_t kMostMatches = 500;
}

bool LogSearch::begin(const QString& text, bool regex) {
    std::optional<QRegularExpression> expression;
    if (regex && !text.isEmpty()) {
        expression = QRegularExpression(text, QRegularExpression::CaseInsensitiveOption);
        if (!expression->isValid()) return false;
        expression->optimize();
    }
    clear();
    needle_ = text;
    regex_ = std::move(expression);
    return true;
}

void LogSearch::clear() {
    needle_.clear();
    regex_.reset();
    hits_.clear();
    searched_ = 0;
    current_ = -1;
}

bool LogSearch::advance(std::chrono::milliseconds patience) {
    if (!active()) {
        searched_ = buffer_.size();
        return false;
    }
    if (!regex_) {
        const std::vector<std::uint32_t> found = buffer_.find(needle_.toStdString(), searched_);
        hits_.insert(hits_.end(), found.begin(), found.end());
        searched_ = buffer_.size();
        return false;
    }
    QElapsedTimer watch;
    watch.start();
    for (int done = 1; searched_ < buffer_.size(); ++searched_, ++done) {
        if (done % 64 == 0 && watch.elapsed() >= patience.count()) return true;
        const std::string_view line = buffer_.line(searched_);
        const auto text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
        if (regex_->match(text).hasMatch()) hits_.push_back(static_cast<std::uint32_t>(searched_));
    }
    return false;
}

std::optional<std::size_t> LogSearch::currentLine() const {
    if (current_ < 0) return std::nullopt;
    return hits_[static_cast<std::size_t>(current_)];
}

void LogSearch::chooseFrom(std::size_t line) {
    if (hits_.empty()) return;
    const auto it = std::lower_bound(hits_.begin(), hits_.end(), line);
    current_ = it == hits_.end() ? 0 : static_cast<int>(it - hits_.begin());
}

void LogSearch::step(bool forward) {
    if (hits_.empty()) return;
    const int count = static_cast<int>(hits_.size());
    current_ = current_ < 0 ? (forward ? 0 : count - 1) : (current_ + (forward ? 1 : count - 1)) % count;
}

std::vector<std::pair<qsizetype, qsizetype>> LogSearch::matchesIn(const QString& line) const {
    std::vector<std::pair<qsizetype, qsizetype>> matches;
    if (!active()) return matches;
    if (regex_) {
        for (auto it = regex_->globalMatch(line); it.hasNext() && matches.size() < kMostMatches;) {
            const auto match = it.next();
            if (match.capturedLength() > 0) matches.emplace_back(match.capturedStart(), match.capturedEnd());
        }
        return matches;
    }
    for (qsizetype at = line.indexOf(needle_, 0, Qt::CaseInsensitive); at >= 0 && matches.size() < kMostMatches;
         at = line.indexOf(needle_, at + needle_.size(), Qt::CaseInsensitive)) {
        matches.emplace_back(at, at + needle_.size());
    }
    return matches;
}

}  // namespace cerebral::ui
