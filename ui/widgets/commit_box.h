#pragma once
/// @file CommitBox: "Is my commit live?": paste a sha or a link, read the answer; one line per service.

#include <QLabel>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "ui/models/commit_answer.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_field.h"

namespace cerebral::ui {

class AnswerView;

class CommitBox : public QWidget {
    Q_OBJECT
public:
    explicit CommitBox(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] IconField& field() noexcept { return *field_; }
    /// What is asked: lower-case hex; empty while the field holds nothing that could be a commit.
    [[nodiscard]] QString commit() const { return commit_; }
    /// Empty: nothing is asked, or the answer is on its way.
    void setAnswer(const CommitAnswer& answer);
    /// Why nothing can be answered; it stands where otherwise it is said what can be asked. Empty: it can.
    void setHindrance(const QString& why);
    [[nodiscard]] const CommitAnswer& answer() const noexcept { return answer_; }

signals:
    void asked(const QString& commit);
    void pushWanted(const QString& key);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read();
    void refresh();
    void arrange();

    const Theme& theme_;
    QLabel* title_;
    IconField* field_;
    AnswerView* view_;
    Button* open_;
    QString commit_;
    QString problem_;  ///< with what is in the field
    QString hindrance_;
    QTimer late_;  ///< since it was asked; an answer at once needs no word before it
    CommitAnswer answer_;
    bool below_ = false;   ///< the answer stands under the field
    bool placed_ = false;  ///< has been given its width
};

}  // namespace cerebral::ui
