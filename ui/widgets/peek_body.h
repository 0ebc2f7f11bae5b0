#pragma once
/// @file PeekBody: a run in brief, as it is painted: facts, tasks, first error, what changed. As high as it needs to
/// be at its width. What is cut is whole on hover.

#include <QWidget>
#include <vector>

#include "ui/models/peek_content.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/link_text.h"

namespace cerebral::ui {

class PeekBody : public QWidget {
    Q_OBJECT
public:
    explicit PeekBody(const Theme& theme, QWidget* parent = nullptr);

    /// `held`: the connection is lost, what ran may run no longer.
    void setContent(PeekContent content, bool held);
    [[nodiscard]] const PeekContent& content() const noexcept { return content_; }
    /// So much of it is seen at once.
    void setSeen(int height);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {300, heightForWidth(300)}; }
    /// The range of commits; hidden where it leads nowhere.
    [[nodiscard]] LinkText& commits() noexcept { return *commits_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// One thing that is painted.
    struct Piece {
        enum class Kind : std::uint8_t { Line, Paragraph, Figure, Fill, Skeleton, Glyph };
        Kind kind = Kind::Line;
        QRectF box;
        QString text{};
        QFont font{};
        QColor ink{};
        Qt::Alignment alignment = Qt::AlignLeft;
        Qt::TextElideMode elide = Qt::ElideRight;
        Status status = Status::Pending;
        QString tip{};
    };
    class Layout;
    void arrange();

    const Theme& theme_;
    PeekContent content_;
    bool held_ = false;
    bool low_ = false;  ///< what comes late is not seen
    std::vector<Piece> pieces_;
    LinkText* commits_;
};

}  // namespace cerebral::ui
