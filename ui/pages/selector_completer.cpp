#include "ui/pages/selector_completer.h"

#include <QLayout>
#include <QListView>
#include <QPainter>
#include <algorithm>
#include <vector>

#include "ui/models/selector_words.h"
#include "ui/theme/style_fields.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/rows_edge.h"

namespace cerebral::ui {
namespace {
constexpr int kMostRows = 8;
constexpr int kBelow = 4;
constexpr int kFrame = 1;
constexpr double kRadius = 6;
constexpr double kIcon = 14;  ///< of the field
/// Above the first and below the last row: what QCompleter adds to the height of its rows.
constexpr int kAround = 3;

/// The field grows with what is typed: its place as it will be painted.
void settle(QWidget& field) {
    std::vector<QLayout*> outer;
    for (QWidget* at = field.parentWidget(); at != nullptr; at = at->parentWidget()) {
        if (at->layout() != nullptr) outer.push_back(at->layout());
    }
    std::for_each(outer.rbegin(), outer.rend(), [](QLayout* layout) { layout->activate(); });
}

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
        setAttribute(Qt::WA_TranslucentBackground);  // for its round corners
        viewport()->setAutoFillBackground(false);
    }

protected:
    bool event(QEvent* event) override {
        if (event->type() != QEvent::Paint) return QListView::event(event);
        QPainter p(this);
        drawBox(p, rect(), kRadius, theme_.colors().bgRaised, theme_.colors().lineControl);
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
    list_ = new OfferList(theme);  // the completer's
    setPopup(list_);
    popup()->setItemDelegate(makeComboRows(theme, popup(), &Fonts::mono, kIcon));
    popup()->setAccessibleName(QStringLiteral("Keys and values of labels"));
    connect(&field_, &QLineEdit::textEdited, this, &SelectorCompleter::offer);
    // What is typed is told first, what follows from it for the field after that.
    connect(&field_, &QLineEdit::textChanged, this, [this] {
        if (list_->isVisible()) place();
    });
    connect(this, qOverload<const QString&>(&QCompleter::activated), this, &SelectorCompleter::take);
}

void SelectorCompleter::offer() {
    // A field without the focus shows its beginning; what was put in goes on at its end.
    to_ = field_.hasFocus() ? field_.cursorPosition() : field_.text().size();
    const SelectorOffer found = selectorOffer(field_.text().left(to_), runs_);
    from_ = found.from;
    words_.setStringList(found.words);
    if (found.words.isEmpty()) return popup()->hide();
    place();
}

void SelectorCompleter::place() {
    settle(field_);
    complete(field_.rect().adjusted(0, 0, 0, kBelow));
}

bool SelectorCompleter::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && (event->type() == QEvent::Show || event->type() == QEvent::Hide)) {
        field_.setProperty(kOffering, event->type() == QEvent::Show);
        field_.update();
    }
    return QCompleter::eventFilter(watched, event);
}

void SelectorCompleter::take(const QString& word) {
    const QString text = field_.text();
    field_.setText(text.left(from_) + word + text.mid(to_));
    field_.setCursorPosition(static_cast<int>(from_ + word.size()));
}

}  // namespace cerebral::ui
