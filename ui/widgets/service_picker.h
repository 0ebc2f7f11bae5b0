#pragma once
/// @file ServicePicker: services one ticks, with a filter above them and a word that ticks all on a base image.
///
/// Ticks stay when the filter hides their row. Down leaves the filter for the first row that is left, Up on that
/// row returns to it; Enter ticks the row when it is the only one.

#include <QScrollArea>
#include <QStringList>
#include <vector>

#include "ui/widgets/card.h"
#include "ui/widgets/check_row.h"
#include "ui/widgets/icon_field.h"
#include "ui/widgets/link_text.h"

namespace cerebral::ui {

class ServicePicker : public Card {
    Q_OBJECT
public:
    ServicePicker(const Theme& theme, const QStringList& services, QWidget* parent);

    [[nodiscard]] QStringList ticked() const;
    void tick(const QString& service, bool on);
    void setNote(const QString& service, const ServiceNote& note);
    /// Those the word ticks, and the image they are built on; none: no such word.
    void setBased(const QStringList& services, const QString& image);
    /// So many rows are in sight, the others are scrolled to.
    void setVisibleRows(int rows);

signals:
    void changed();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool allBasedTicked() const;
    void toggleBased();
    void refreshLink();
    void applyFilter();
    void showTicked();
    [[nodiscard]] std::vector<CheckRow*> shown() const;

    const Theme& theme_;
    IconField* filter_;
    LinkText* all_;
    QScrollArea* area_;
    std::vector<CheckRow*> rows_;
    QStringList based_;
    QString image_;
};

}  // namespace cerebral::ui
