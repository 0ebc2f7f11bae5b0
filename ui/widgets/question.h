#pragma once
/// @file QuestionDialog: says what will happen and asks once. What it says may change while it is open.

#include <QStringList>
#include <functional>
#include <vector>

#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/paragraph.h"

namespace cerebral::ui {

struct Question {
    QString title;
    QString name;  ///< what it is about, as code; empty: the title says it
    QString text;
    QStringList choices;  ///< the buttons, the last one the main action; always as many
    QString refusal{};    ///< why none of them can be chosen any more
};

class QuestionDialog : public DeskDialog {
    Q_OBJECT
public:
    /// `chosen` gets the number of the choice.
    QuestionDialog(const Theme& theme, const Question& question, std::function<void(int)> chosen, QWidget& window);
    void say(const Question& question);

private:
    Paragraph* text_;
    std::vector<Button*> choices_;
};

}  // namespace cerebral::ui
