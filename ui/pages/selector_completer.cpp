#include "ui/pages/selector_completer.h"

#include <QListView>
#include <QPainter>

#include "ui/models/selector_words.h"
#include "ui/theme/style_fields.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rows_edge.h"

namespace cerebral::ui {
namespace {
constexpr int kMostRows = 8;
constexpr int kBelow = 4;
constexpr int kFrame = 1;
/// Above the first and below the last row: what QCompleter adds to the height of its rows.
constexpr int kAround = 3;

/// In the frame of menus.
class OfferList : public QListView {
public:
    explicit OfferList(const Theme& theme) : theme_(theme) {
        // The scroll bar stands within the frame.
        setFrameStyle(QFrame::Box | QFrame::Plain);
        setLineWidth(kFrame);
        setViewportMargins(0, kAround - kFrame, 0, kAround - kFrame);
        layBarOverRows(*this);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }

protected:
    bool event(QEvent* event) override {
        if (event->type() != QEvent::Paint) return QListView::event(event);
        QPainter p(this);
        drawBox(p, rect(), 0, theme_.colors().bgRaised, theme_.colors().lineControl);
        return true;
    }

private:
    const Theme& theme_;
};

}  // namespace

SelectorCompleter::SelectorCompleter(const Theme& theme, QLineEdit& field, const RunSet& runs)
    : QCompleter(&field), field_(field), runs_(runs) {
    setModel(&words_);
    setWidget(&field_);
    setCompletionMode(UnfilteredPopupCompletion);
    setMaxVisibleItems(kMostRows);
    setPopup(new OfferList(theme));  // the completer's
    popup()->setItemDelegate(makeComboRows(theme, popup(), &Fonts::mono));
    popup()->setAccessibleName(QStringLiteral("Keys and values of labels"));
    connect(&field_, &QLineEdit::textEdited, this, &SelectorCompleter::offer);
    connect(this, qOverload<const QString&>(&QCompleter::activated), this, &SelectorCompleter::take);
}

void SelectorCompleter::offer() {
    // A field without the focus shows its beginning; what was put in goes on at its end.
    to_ = field_.hasFocus() ? field_.cursorPosition() : field_.text().size();
    const SelectorOffer found = selectorOffer(field_.text().left(to_), runs_);
    from_ = found.from;
    words_.setStringList(found.words);
    if (found.words.isEmpty()) return popup()->hide();
    complete(field_.rect().adjusted(0, 0, 0, kBelow));
}

void SelectorCompleter::take(const QString& word) {
    const QString text = field_.text();
    field_.setText(text.left(from_) + word + text.mid(to_));
    field_.setCursorPosition(static_cast<int>(from_ + word.size()));
}

}  // namespace cerebral::ui
