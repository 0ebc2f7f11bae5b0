#include "ui/widgets/question.h"

namespace cerebral::ui {
namespace {
constexpr double kWidth = 480;
constexpr double kBodyPitch = 20;
}  // namespace

QuestionDialog::QuestionDialog(const Theme& theme, const Question& question, std::function<void(int)> chosen,
                               QWidget& window)
    : DeskDialog(theme, question.title, kWidth, window),
      text_(new Paragraph(theme, &Fonts::body, &Colors::text1, kBodyPitch, this)) {
    content().addWidget(text_);
    footer().addStretch();
    auto* keep = new Button(theme, {}, QStringLiteral("Keep"), Button::Kind::Default, this);
    connect(keep, &QAbstractButton::clicked, this, &QDialog::reject);
    footer().addWidget(keep);
    for (int i = 0; i < question.choices.size(); ++i) {
        const bool main = i == question.choices.size() - 1;
        auto* button = new Button(theme, {}, {}, main ? Button::Kind::Danger : Button::Kind::Default, this);
        connect(button, &QAbstractButton::clicked, this, [this, chosen, i] {
            accept();
            chosen(i);
        });
        footer().addWidget(button);
        choices_.push_back(button);
        if (main) {
            setMain(button);
            button->setHint(QStringLiteral("Ctrl+Enter"));
        }
    }
    say(question);
    // A key pressed too soon does no harm; what is asked has a key of its own.
    keep->setFocus();
}

void QuestionDialog::say(const Question& question) {
    setTitle(question.title, question.name);
    text_->setText(question.text);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        choices_[i]->setText(question.choices[static_cast<qsizetype>(i)]);
        choices_[i]->setRefusal(question.refusal);
    }
}

}  // namespace cerebral::ui
