#include "ui/widgets/commit_box.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <utility>

#include "core/journey/verdict.h"
#include "ui/models/format.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"
#include "ui/widgets/wrapped_text.h"

namespace cerebral::ui {
namespace {

constexpr double kFieldWidth = 272;
/// In large text the answer needs the room more; of a commit the beginning tells.
constexpr double kLargeFieldWidth = 240;
constexpr int kMostLines = 6;
constexpr double kLine = 22;
constexpr int kMostPods = 8;
/// Between field and answer; its place in the layout.
constexpr int kGap = 49;
constexpr int kGapItem = 1;
constexpr int kSide = 17;
/// Of the line above those of several services: as high as the button beside it.
constexpr int kHeadline = 28;
constexpr int kBeforeButton = 16;
constexpr int kLateMs = 300;
constexpr double kPod = 16;
constexpr double kPodStep = 20;

Status statusOf(AnswerTone tone) {
    switch (tone) {
        case AnswerTone::Live:
            return Status::Live;
        case AnswerTone::Underway:
            return Status::Running;
        case AnswerTone::Stuck:
            return Status::Stuck;
        case AnswerTone::Failed:
            return Status::Failed;
        case AnswerTone::Done:
            return Status::Succeeded;
        case AnswerTone::Ended:
            return Status::Cancelled;
        case AnswerTone::Unknown:
            return Status::Pending;
        case AnswerTone::NotBuilt:
            break;
    }
    return Status::Skipped;
}

}  // namespace

/// The words at the right of the box.
class AnswerView : public QWidget {
public:
    AnswerView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {}

    void show(const CommitAnswer& answer, const QString& hint) {
        answer_ = answer;
        hint_ = hint;
        const bool one = answer_.lines.size() <= 1;
        fit();
        setAccessibleName(answer_.lines.empty() ? hint_ : one ? answer_.spoken() : answer_.headline);
        setToolTip(plainTip(answer_.spoken()));
        update();
    }

    /// Less cuts a word.
    [[nodiscard]] double leastWidth() const {
        if (answer_.lines.empty()) return 0;
        if (answer_.lines.size() == 1) return leastOfOne();
        const Fonts& f = theme_.fonts();
        double rows = 0;
        for (const AnswerLine& line : answer_.lines)
            rows = std::max(rows, textWidth(f.small, line.verdict + line.rest));
        const double head = textWidth(shaFont(), shortSha(answer_.commit)) +
                            textWidth(f.answerBold, QLatin1Char(' ') + answer_.headline);
        return std::max(head, theme_.px(20) + namesWidth() + 12 + rows) + 1;
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QWidget::resizeEvent(event);
        fit();
    }
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        const Colors& c = theme_.colors();
        if (answer_.lines.empty()) {
            p.setFont(theme_.fonts().body);
            p.setPen(c.text3);
            p.drawText(rect(), Qt::AlignVCenter | Qt::TextWordWrap, hint_);
        } else if (answer_.lines.size() == 1) {
            paintOne(p);
        } else {
            paintMany(p);
        }
    }

private:
    /// What may have ended since it was seen is not known.
    [[nodiscard]] Status shown(AnswerTone tone) const {
        const bool mayBeOver = tone == AnswerTone::Live || tone == AnswerTone::Underway || tone == AnswerTone::Stuck;
        return answer_.held && mayBeOver ? Status::Pending : statusOf(tone);
    }
    [[nodiscard]] int shownLines() const { return std::min(kMostLines, static_cast<int>(answer_.lines.size())); }

    void paintOne(QPainter& p) {
        const Colors& c = theme_.colors();
        const Fonts& f = theme_.fonts();
        const AnswerLine& line = answer_.lines.front();
        drawGlyph(p, markAt(theme_, 0, height() / 2.0, 24), shown(line.tone), c, {.ground = c.bgRaised});
        const double left = theme_.px(40);
        double x = left;
        paintPods(p, line);
        const QRectF first(0, 0, textWidthAvailable(), theme_.px(24));
        x += drawText(p, first.adjusted(x, 0, 0, 0), shaFont(), c.text1, shortSha(answer_.commit));
        x += putWords(p, first.adjusted(x, 0, 0, 0), f.answerBold, c.text1, QLatin1Char(' ') + line.verdict, line);
        double y = theme_.px(26);
        if (!wraps()) {
            putWords(p, first.adjusted(x, 0, 0, 0), f.answer, c.text1, line.rest, line);
        } else {
            // ": stopped in Build": a line of its own begins with its word.
            const QString rest =
                line.rest.startsWith(QLatin1String(": ")) || line.rest.startsWith(QLatin1String(", "))
                    ? line.rest.mid(2)
                    : line.rest.trimmed();
            putWords(p, QRectF(left, theme_.px(24), textWidthAvailable() - left, theme_.px(22)), f.answer, c.text1,
                     rest, line);
            y = theme_.px(48);
        }
        p.setFont(f.small);
        p.setPen(c.text2);
        p.drawText(QRectF(left, y, textWidthAvailable() - left, detailHeight()), Qt::AlignLeft | Qt::TextWordWrap,
                   detail());
    }
    /// No line of it begins with the dot between two parts, nor with a bare exit code.
    [[nodiscard]] QString detail() const {
        return withWholeNames(answer_.lines.front().detail)
            .replace(QStringLiteral(" · "), QStringLiteral("\u00a0· "))
            .replace(QStringLiteral("exit "), QStringLiteral("exit\u00a0"));
    }

    /// Words among which another commit may stand: in mono, as every commit. Returns the width that was used.
    double putWords(QPainter& p, const QRectF& box, const QFont& font, const QColor& ink, const QString& text,
                    const AnswerLine& line) const {
        const qsizetype at = line.other.isEmpty() ? -1 : text.indexOf(line.other);
        if (at < 0) return drawText(p, box, font, ink, text);
        double x = drawText(p, box, font, ink, text.left(at));
        x += drawText(p, box.adjusted(x, 0, 0, 0), monoLike(font), ink, line.other);
        return x + drawText(p, box.adjusted(x, 0, 0, 0), font, ink, text.mid(at + line.other.size()));
    }
    [[nodiscard]] double wordsWidth(const QFont& font, const QString& text, const AnswerLine& line) const {
        const qsizetype at = line.other.isEmpty() ? -1 : text.indexOf(line.other);
        if (at < 0) return textWidth(font, text);
        return textWidth(font, text.left(at)) + textWidth(monoLike(font), line.other) +
               textWidth(font, text.mid(at + line.other.size()));
    }

    /// One square for each pod, ticked where it has the commit; more than a few are a number alone.
    [[nodiscard]] int podsShown() const {
        const int wanted = answer_.lines.size() == 1 ? answer_.lines.front().wanted : 0;
        // Words come first where there is little room.
        return wanted <= kMostPods && leastOfOne() + podsWidth(wanted) <= width() ? wanted : 0;
    }
    [[nodiscard]] double podsWidth(int pods) const { return pods == 0 ? 0 : pods * theme_.px(kPodStep) + 16; }
    [[nodiscard]] double textWidthAvailable() const { return width() - podsWidth(podsShown()); }
    [[nodiscard]] double verdictWidth() const {
        const AnswerLine& line = answer_.lines.front();
        return theme_.px(40) + textWidth(shaFont(), shortSha(answer_.commit)) +
               wordsWidth(theme_.fonts().answerBold, QLatin1Char(' ') + line.verdict, line);
    }
    [[nodiscard]] double leastOfOne() const {
        const AnswerLine& line = answer_.lines.front();
        return std::max(verdictWidth(), theme_.px(40) + wordsWidth(theme_.fonts().answer, line.rest, line)) + 1;
    }
    [[nodiscard]] double namesWidth() const {
        double names = 0;
        for (const AnswerLine& line : answer_.lines)
            names = std::max(names, textWidth(theme_.fonts().strong, line.service));
        return names;
    }
    void paintPods(QPainter& p, const AnswerLine& line) const {
        const Colors& c = theme_.colors();
        const double step = theme_.px(kPodStep);
        const double size = theme_.px(kPod);
        for (int i = 0; i < podsShown(); ++i) {
            const QRectF box(width() - size - (podsShown() - 1 - i) * step, qRound((height() - size) / 2), size,
                             size);
            const bool ready = i < line.ready;
            drawBox(p, box, 3, ready ? c.okQuiet : QColor(), ready ? QColor() : c.lineStrong);
            if (ready) theme_.icons().draw(p, box.adjusted(2, 2, -2, -2), QStringLiteral("check"), c.bgRaised);
        }
    }
    /// A commit stands among the words of an answer and is as large.
    [[nodiscard]] QFont shaFont() const { return monoLike(theme_.fonts().answerBold); }
    [[nodiscard]] QFont monoLike(const QFont& font) const {
        QFont mono = theme_.fonts().mono;
        mono.setPixelSize(font.pixelSize());
        mono.setWeight(font.weight());
        return mono;
    }
    /// Whether verdict and when it was need a line each.
    [[nodiscard]] bool wraps() const {
        const AnswerLine& line = answer_.lines.front();
        return verdictWidth() + wordsWidth(theme_.fonts().answer, line.rest, line) > textWidthAvailable();
    }
    [[nodiscard]] int detailHeight() const {
        if (answer_.lines.front().detail.isEmpty()) return 0;
        const QRect room(0, 0, std::max(60, static_cast<int>(textWidthAvailable()) - theme_.px(40)), 10'000);
        const QRect used =
            QFontMetrics(theme_.fonts().small).boundingRect(room, Qt::AlignLeft | Qt::TextWordWrap, detail());
        return std::max(theme_.px(18), used.height());
    }
    void fit() {
        if (answer_.lines.size() > 1) return setFixedHeight(theme_.px(kHeadline + kLine * shownLines()));
        if (answer_.lines.empty()) return setFixedHeight(theme_.px(46));
        // A line alone has glyph and button at its middle.
        if (detailHeight() == 0) return setFixedHeight(theme_.px(wraps() ? 48 : 24));
        setFixedHeight(theme_.px(wraps() ? 48 : 26) + detailHeight() + 2);
    }

    void paintMany(QPainter& p) {
        const Colors& c = theme_.colors();
        const Fonts& f = theme_.fonts();
        const QFont mono = shaFont();
        const QRectF first(0, 0, width(), theme_.px(kHeadline));
        const double x = drawText(p, first, mono, c.text1, shortSha(answer_.commit));
        drawText(p, first.adjusted(x, 0, 0, 0), f.answerBold, c.text1, QLatin1Char(' ') + answer_.headline);
        const double left = theme_.px(20);
        const double names = namesWidth();
        for (int i = 0; i < shownLines(); ++i) {
            const AnswerLine& line = answer_.lines[static_cast<std::size_t>(i)];
            const QRectF row(0, theme_.px(kHeadline + kLine * i), width(), theme_.px(kLine));
            const bool more = i == kMostLines - 1 && static_cast<int>(answer_.lines.size()) > kMostLines;
            if (more) {
                drawText(p, row.adjusted(left, 0, 0, 0), f.small, c.text3,
                         QStringLiteral("and %1 more").arg(static_cast<int>(answer_.lines.size()) - i));
                return;
            }
            drawGlyph(p, markAt(theme_, 0, row.center().y(), 12), shown(line.tone), c, {.ground = c.bgRaised});
            drawText(p, row.adjusted(left, 0, 0, 0), f.strong, c.text1, line.service);
            putWords(p, row.adjusted(left + names + 12, 0, 0, 0), f.small, c.text2, line.verdict + line.rest, line);
        }
    }

    const Theme& theme_;
    CommitAnswer answer_;
    QString hint_;
};

CommitBox::CommitBox(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      title_(makeLabel(theme, &Fonts::small, &Colors::text2, QStringLiteral("Is my commit live?"), this)),
      field_(new IconField(theme, QStringLiteral("commit"), QStringLiteral("Commit or a link to it"),
                           QStringLiteral("Ctrl L"), this)),
      view_(new AnswerView(theme, this)),
      open_(new Button(theme, {}, QStringLiteral("Open push"), Button::Kind::Default, this)) {
    field_->setMono(true);
    field_->setFieldHeight(32);
    field_->setMaxLength(400);
    field_->setAccessibleName(QStringLiteral("Is my commit live?"));
    field_->installEventFilter(this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kSide, 13, kSide, 15);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(title_);
    left->addWidget(field_);
    left->addStretch();
    row->addLayout(left);
    row->addSpacing(kGap);
    row->addWidget(view_, 1, Qt::AlignVCenter);
    row->addSpacing(kBeforeButton);
    row->addWidget(open_, 0, Qt::AlignVCenter);
    connect(field_, &QLineEdit::textChanged, this, &CommitBox::read);
    connect(open_, &QAbstractButton::clicked, this, [this] {
        if (!answer_.lines.empty()) emit pushWanted(answer_.lines.front().pushKey);
    });
    late_.setSingleShot(true);
    late_.setInterval(kLateMs);
    connect(&late_, &QTimer::timeout, this, &CommitBox::refresh);
    connect(&theme_, &Theme::changed, this, &CommitBox::refresh);
    refresh();
}

void CommitBox::read() {
    const auto parsed = journey::parseCommitQuery(field_->text().toStdString());
    const QString commit = parsed ? QString::fromStdString(*parsed) : QString();
    const bool typing = field_->text().trimmed().size() < 4;
    problem_ = commit.isEmpty() && !typing ? QStringLiteral("Not a commit: 4 to 40 hexadecimal digits, or a link")
                                           : QString();
    field_->setProblem(problem_);
    if (commit == commit_) return refresh();
    commit_ = commit;
    late_.start();
    setAnswer({});
    emit asked(commit_);
}

void CommitBox::setHindrance(const QString& why) {
    if (std::exchange(hindrance_, why) != why) refresh();
}

void CommitBox::setAnswer(const CommitAnswer& answer) {
    answer_ = answer;
    refresh();
}

void CommitBox::refresh() {
    field_->setFixedWidth(theme_.px(isLargeText(theme_) ? kLargeFieldWidth : kFieldWidth));
    QString hint = QStringLiteral("Paste a sha: where it is, in how many pods, and what holds it up.");
    if (!commit_.isEmpty() && !late_.isActive()) hint = QStringLiteral("Looking for it");
    if (!hindrance_.isEmpty()) hint = hindrance_;
    if (!problem_.isEmpty()) hint = problem_;
    view_->show(answer_, hint);
    const bool known = !answer_.lines.empty() && !answer_.lines.front().pushKey.isEmpty();
    open_->setVisible(known);
    arrange();
    update();
}

void CommitBox::arrange() {
    // An answer in large text may need the whole width to be read to its end.
    const int button = open_->isHidden() ? 0 : open_->sizeHint().width();
    const double beside = width() - 2 * kSide - field_->width() - kGap - kBeforeButton - button;
    // Before it has a width it stands as it nearly always does: nothing moves in the first frame.
    const bool below = isLargeText(theme_) && placed_ && view_->leastWidth() > beside;
    // Of several lines the first is the answer.
    const Qt::Alignment atVerdict = answer_.lines.size() > 1 ? Qt::AlignTop : Qt::AlignVCenter;
    auto* row = static_cast<QBoxLayout*>(layout());
    row->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->itemAt(kGapItem)->spacerItem()->changeSize(below ? 0 : kGap, below ? 12 : 0);
    row->setAlignment(view_, below ? Qt::Alignment() : Qt::AlignVCenter);
    row->setAlignment(open_, below ? Qt::AlignLeft : atVerdict);
    row->invalidate();
    below_ = below;
}

void CommitBox::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placed_ = true;
    if (event->oldSize().width() != width()) arrange();
}

bool CommitBox::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && open_->isVisible()) {
            open_->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CommitBox::paintEvent(QPaintEvent*) {
    QPainter p(this);
    const Colors& c = theme_.colors();
    drawBox(p, rect(), 6, c.bgRaised, c.lineDefault);
    if (!below_) p.fillRect(QRect(view_->x() - 25, 16, 1, height() - 32), c.lineDefault);
}

}  // namespace cerebral::ui
