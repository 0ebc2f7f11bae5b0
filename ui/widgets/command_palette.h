#pragma once
/// @file CommandPalette: every action and object behind one field (Ctrl+K).
///
/// 640 wide, 80 px from the top, at most 12 rows. What it offers is asked anew for each query.

#include <QLineEdit>
#include <QPointer>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "ui/models/app_link.h"
#include "ui/models/palette_match.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/veil.h"

namespace cerebral::ui {

struct PaletteEntry {
    QString group;
    QString icon;
    std::optional<Status> status;  ///< instead of the icon
    QString text;
    qsizetype code = 0;  ///< so many characters of the text are a commit or a name
    QString detail;
    QString detailEnd{};  ///< behind it after a comma; never cut: where both have no room, it stands alone
    QString keys;
    QString refusal;  ///< shown instead of the detail; Enter then does nothing
    std::function<void()> run;
    bool asks = false;            ///< does harm: the first Enter asks, the second one runs it
    std::optional<AppLink> link;  ///< what Ctrl+Enter opens in a window of its own
    /// What Tab offers; empty: nothing.
    std::function<std::vector<PaletteEntry>()> more;
    PaletteMatch match;
    /// Of the detail and its end: words of the query that the text does not have.
    PaletteSpans detailSpans{};
    PaletteSpans endSpans{};
};

struct PaletteOffer {
    std::vector<PaletteEntry> entries;
    std::size_t all = 0;  ///< so many match; the best of them are in `entries`
};

class PaletteList;

class CommandPalette : public QWidget {
    Q_OBJECT
public:
    using Provider = std::function<PaletteOffer(const QString& query)>;

    CommandPalette(const Theme& theme, Provider provider, QWidget& window);
    ~CommandPalette() override;
    void begin();
    [[nodiscard]] QLineEdit& field() noexcept { return *field_; }
    [[nodiscard]] const std::vector<PaletteEntry>& entries() const noexcept { return entries_; }
    [[nodiscard]] int current() const noexcept { return current_; }

signals:
    /// This entry was run.
    void ran(const QString& text);
    void newWindowWanted(const cerebral::ui::AppLink& link);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void place();
    void sayWhatIsListed();
    void choose(int entry);
    void ask(bool on);
    void runCurrent(bool elsewhere);
    bool key(const QKeyEvent& event);
    /// Back from the actions of one object to what was found.
    void widen();

    const Theme& theme_;
    Provider provider_;
    QWidget& window_;
    QPointer<QWidget> focusBefore_;
    QPointer<Veil> veil_;
    QLineEdit* field_;
    PaletteList* list_;
    std::vector<PaletteEntry> entries_;
    std::size_t all_ = 0;
    int current_ = 0;
    bool narrowed_ = false;  ///< showing the actions of one object
    int narrowedFrom_ = 0;   ///< the entry whose actions they are
    bool asked_ = false;     ///< whether the current one is really meant
};

}  // namespace cerebral::ui
