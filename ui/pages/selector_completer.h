#pragma once
/// @file SelectorCompleter: offers keys and values below the label selector while it is typed.

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>

#include "ui/models/run_set.h"
#include "ui/theme/theme.h"

namespace cerebral::ui {

class SelectorCompleter : public QCompleter {
    Q_OBJECT
public:
    /// Belongs to `field`; `runs` must outlive it.
    SelectorCompleter(const Theme& theme, QLineEdit& field, const RunSet& runs);
    [[nodiscard]] QStringList words() const { return words_.stringList(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void offer();
    void place();
    void take(const QString& word);

    QLineEdit& field_;
    const RunSet& runs_;
    QStringListModel words_;
    QAbstractItemView* list_ = nullptr;  ///< asking for the popup before it is set would make another one
    /// What an offer replaces.
    qsizetype from_ = 0;
    qsizetype to_ = 0;
};

}  // namespace cerebral::ui
