#include "ui/pages/cheat_sheet.h"

#include <QPainter>
#include <array>
#include <utility>

#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

struct Line {
    const char* keys;
    const char* what;
};

constexpr std::array kEverywhere{
    Line{"Ctrl K", "commands"},
    Line{"/", "search this page"},
    Line{"Ctrl L", "is my commit live?"},
    Line{"?", "this sheet"},
    Line{"G P", "Pushes"},
    Line{"G R", "Runs"},
    Line{"G S", "Settings"},
    Line{"G C  G N", "context, namespaces"},
    Line{"Ctrl N", "new window"},
    Line{"F5", "reconnect now"},
    Line{"F6", "next part of the window"},
    Line{"Esc", "close the nearest, go back"},
};
constexpr std::array kLists{
    Line{"↑ ↓  J K", "move"},
    Line{"Enter", "open"},
    Line{"→ ←", "open and close a fan-out"},
    Line{"T", "tick a run"},
    Line{"R", "rebuild"},
    Line{"X", "cancel"},
    Line{"Del", "delete"},
    Line{"O", "open commit in browser"},
    Line{"Ctrl C", "copy commit"},
    Line{"Ctrl Shift C", "copy as kubectl"},
    Line{"Ctrl Enter", "main action of a dialog"},
};

constexpr double kRow = 28;
constexpr double kKeys = 120;

class Sheet : public QWidget {
public:
    Sheet(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
        keepHeight(theme_, this, kRow * (1 + static_cast<double>(kEverywhere.size())));
        QStringList spoken;
        for (const Line& line : kEverywhere)
            spoken << QString::fromUtf8(line.keys) + QLatin1Char(' ') + QString::fromUtf8(line.what);
        for (const Line& line : kLists)
            spoken << QString::fromUtf8(line.keys) + QLatin1Char(' ') + QString::fromUtf8(line.what);
        setAccessibleName(spoken.join(QStringLiteral(", ")));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        paintColumn(p, 0, QStringLiteral("Everywhere"), kEverywhere);
        paintColumn(p, width() / 2.0 + 12, QStringLiteral("Lists and objects"), kLists);
    }

private:
    template <std::size_t N>
    void paintColumn(QPainter& p, double x, const QString& title, const std::array<Line, N>& lines) {
        const Colors& c = theme_.colors();
        const Fonts& f = theme_.fonts();
        const double row = theme_.px(kRow);
        drawText(p, QRectF(x, 0, width() / 2.0, row), f.smallStrong, c.text3, title);
        double y = row;
        for (const Line& line : lines) {
            const QString keys = QString::fromUtf8(line.keys);
            const int cap = keyCapWidth(theme_, keys);
            drawKeyCap(p, QRectF(x, y, cap, row), theme_, keys);
            drawText(p, QRectF(x + theme_.px(kKeys), y, width() / 2.0 - theme_.px(kKeys) - 24, row), f.body, c.text1,
                     QString::fromUtf8(line.what));
            y += row;
        }
    }

    const Theme& theme_;
};

}  // namespace

void openCheatSheet(const Theme& theme, bool letterKeys, QWidget& window) {
    auto* dialog = new DeskDialog(theme, QStringLiteral("Keys"), 720, window);
    dialog->setObjectName(QStringLiteral("keys"));
    dialog->content().addWidget(new Sheet(theme, dialog));
    dialog->footer().addWidget(
        makeLabel(theme, &Fonts::small, &Colors::text3,
                  letterKeys
                      ? QStringLiteral("Single letters work outside text fields; Settings can switch them off.")
                      : QStringLiteral("Single letters are switched off in Settings."),
                  dialog),
        1);
    auto* close = new Button(theme, {}, QStringLiteral("Close"), Button::Kind::Primary, dialog);
    QObject::connect(close, &QAbstractButton::clicked, dialog, &QDialog::accept);
    dialog->footer().addWidget(close);
    dialog->setMain(close);
    dialog->begin();
    close->setFocus();
}

}  // namespace cerebral::ui
