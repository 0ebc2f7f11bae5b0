#pragma once
/// @file ScrollBody: content that keeps the height it needs at the width there is, and scrolls when there is less.

#include <QEvent>
#include <QLayout>
#include <QScrollArea>

namespace cerebral::ui {

class ScrollBody : public QScrollArea {
public:
    explicit ScrollBody(QWidget* parent = nullptr) : QScrollArea(parent) {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);  // what has the focus inside is scrolled to
    }
    /// `content` has a layout. Its ground is what lies behind.
    void setContent(QWidget* content) {
        setWidget(content);
        content->setAutoFillBackground(false);
        viewport()->setAutoFillBackground(false);
        content->installEventFilter(this);
    }
    [[nodiscard]] int naturalHeight(int width) const {
        const QLayout* inner = widget()->layout();
        return inner->hasHeightForWidth() ? inner->totalHeightForWidth(width) : inner->totalSizeHint().height();
    }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QScrollArea::resizeEvent(event);
        fit();
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget() && event->type() == QEvent::LayoutRequest) fit();
        return QScrollArea::eventFilter(watched, event);
    }

private:
    void fit() {
        if (widget() != nullptr) widget()->setMinimumHeight(naturalHeight(viewport()->width()));
    }
};

}  // namespace cerebral::ui
