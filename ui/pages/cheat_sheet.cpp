#include "ui/pages/cheat_sheet.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/widgets/desk_dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

/// Keys that are struck one after the other, or instead of each other.
constexpr QLatin1String kBetweenKeys("  ");

struct Line {
    const char* keys;  ///< what is held together is one
    const char* what;
};

constexpr std::array kEverywhere{
    Line{"Ctrl K", "commands"},
    Line{"/", "search this page"},
    Line{"Ctrl L", "is my commit live?"},
    Line{"?", "this sheet"},
    Line{"G  P", "Pushes"},
    Line{"G  R", "Runs"},
    Line{"G  S", "Settings"},
    Line{"G  C", "context"},
    Line{"G  N", "namespaces"},
    Line{"Ctrl Shift N", "new window"},
    Line{"F5", "reconnect now"},
    Line{"F6", "next part of the window"},
    Line{"Esc", "close the nearest, go back"},
    Line{"Ctrl Enter", "main action of a dialog"},
};
constexpr std::array kLists{
    Line{"↑  ↓  J  K", "move"},
    Line{"Home  End", "first, last"},
    Line{"PgUp  PgDn", "a page up, down"},
    Line{"Enter", "open"},
    Line{"→  ←", "open and close a fan-out"},
    Line{"1 … 6", "stage of a push, tab of a run"},
    Line{"Space", "a run in brief, beside the list"},
    Line{"T  Ctrl Space", "tick a run"},
    Line{"R", "rebuild"},
    Line{"X", "cancel"},
    Line{"Del", "delete"},
    Line{"O", "open commit in browser"},
    Line{"Ctrl C", "copy commit"},
    Line{"Ctrl Shift C", "copy as kubectl"},
};

constexpr std::array kLogs{
    Line{"/", "search the log"},
    Line{"N  Shift N", "next hit, the one before"},
    Line{"E", "first error"},
    Line{"F", "follow what is written"},
};
constexpr std::array kTimeline{
    Line{"↑  ↓", "choose a task or step"},
    Line{"Enter", "its log"},
    Line{"+  −", "zoom"},
    Line{"←  →", "move along"},
    Line{"0", "all of it"},
};

/// Lines of the longer one of the two columns above.
constexpr std::size_t kUpper = std::max(kEverywhere.size(), kLists.size());
constexpr double kRow = 24;
constexpr double kTitle = 32;
constexpr int kCapGap = 4;
constexpr double kKeys = 120;

class Sheet : public QWidget {
public:
    Sheet(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
        keepHeight(theme_, this,
                   2 * kTitle + kRow * static_cast<double>(1 + kUpper + std::max(kLogs.size(), kTimeline.size())));
        QStringList spoken;
        const auto speak = [&spoken](const auto& lines) {
            for (const Line& line : lines)
                spoken << QString::fromUtf8(line.keys) + QLatin1Char(' ') + QString::fromUtf8(line.what);
        };
        speak(kEverywhere);
        speak(kLists);
        speak(kLogs);
        speak(kTimeline);
        setAccessibleName(spoken.join(QStringLiteral(", ")));
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        const double right = width() / 2.0 + 12;
        paintColumn(p, QPointF(0, 0), QStringLiteral("Everywhere"), kEverywhere);
        paintColumn(p, QPointF(right, 0), QStringLiteral("Lists and objects"), kLists);
        const double below = theme_.px(kTitle) + theme_.px(kRow) * static_cast<double>(1 + kUpper);
        paintColumn(p, QPointF(0, below), QStringLiteral("Logs"), kLogs);
        paintColumn(p, QPointF(right, below), QStringLiteral("Timeline"), kTimeline);
    }

private:
    template <std::size_t N>
    void paintColumn(QPainter& p, const QPointF& at, const QString& title, const std::array<Line, N>& lines) {
        const double x = at.x();
        const Colors& c = theme_.colors();
        const Fonts& f = theme_.fonts();
        const double row = theme_.px(kRow);
        const double head = theme_.px(kTitle);
        drawText(p, QRectF(x, at.y(), width() / 2.0, head), f.smallStrong, c.text3, title);
        double y = at.y() + head;
        for (const Line& line : lines) {
            double left = x;
            for (const QString& key : QString::fromUtf8(line.keys).split(kBetweenKeys)) {
                const int cap = keyCapWidth(theme_, key);
                drawKeyCap(p, QRectF(left, y, cap, row), theme_, key);
                left += cap + kCapGap;
            }
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
    auto* close = new Button(theme, {}, QStringLiteral("Close"), Button::Kind::Default, dialog);
    QObject::connect(close, &QAbstractButton::clicked, dialog, &QDialog::accept);
    dialog->footer().addWidget(close);
    dialog->setMain(close);
    dialog->begin();
    close->setFocus();
}

}  // namespace cerebral::ui
