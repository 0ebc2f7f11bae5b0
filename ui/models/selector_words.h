#pragma once
/// @file What a label selector may go on with: keys, or values of the key before the cursor. Pure.

#include <QString>
#include <QStringList>

#include "ui/models/run_set.h"

namespace cerebral::ui {

struct SelectorOffer {
    QStringList words;   ///< that begin with what is typed, best known first; without that itself
    qsizetype from = 0;  ///< where in the text they go, up to the cursor
};
/// `text` up to the cursor. Keys of this product are offered without their prefix.
[[nodiscard]] SelectorOffer selectorOffer(const QString& text, const RunSet& runs);

}  // namespace cerebral::ui
