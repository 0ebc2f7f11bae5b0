#pragma once
/// @file CommitAnswer: the verdicts of core/journey in words, one line per service, worst first in the headline.

#include <QString>
#include <vector>

#include "core/journey/verdict.h"

namespace cerebral::ui {

class PushModel;

enum class AnswerTone : std::uint8_t { Live, Underway, Stuck, Failed, Done, Ended, NotBuilt, Unknown };

struct AnswerLine {
    AnswerTone tone = AnswerTone::Unknown;
    QString service;
    QString verdict;  ///< "is live in 2/2 pods"
    QString rest;     ///< " since 12:41"
    QString detail;   ///< "knowledge-services in cerebral-platform · main@9eb2fbc · push to live 3:58"
    QString pushKey;
    int ready = 0;    ///< pods with it
    int wanted = 0;   ///< of so many; 0: nothing is said of pods
    QString other{};  ///< the commit that verdict or rest name: "713a27e"
};

struct CommitAnswer {
    QString commit;
    QString headline;   ///< of several services: "is live in 4 of 6 services"
    bool held = false;  ///< it was so when last seen; whether it still is nobody knows
    std::vector<AnswerLine> lines;

    [[nodiscard]] QString spoken() const;
};

[[nodiscard]] CommitAnswer commitAnswer(const std::vector<journey::Answer>& answers, const PushModel& pushes);

}  // namespace cerebral::ui
