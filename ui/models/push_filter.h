#pragma once
/// @file PushFilter: which pushes are shown. All parts must hold.

#include <QString>
#include <QStringList>

#include "core/journey/journey.h"

namespace cerebral::ui {

struct PushFilter {
    QStringList mine;           ///< handles of author or pusher, in any case; empty: everybody's
    bool needsSomeone = false;  ///< failed or stuck
    bool held = false;          ///< what was stuck may be over: nobody knows that it needs someone
    QString branch;
    QString service;
    /// Each must occur in message, people, branch, commit, a service's or a run's name.
    QStringList words;

    [[nodiscard]] bool active() const;
    [[nodiscard]] bool accepts(const journey::Push& push) const;
    /// Failed or stuck, as its row has it.
    [[nodiscard]] bool isForSomeone(journey::PushState state) const;
    /// Whether the rest holds, for those who know the state.
    [[nodiscard]] bool acceptsBesidesState(const journey::Push& push) const;
};

}  // namespace cerebral::ui
