#pragma once
/// @file PushNotices: what the desktop is told of pushes: one notice for each, updated as it comes about.
///
/// Plain logic without a desktop. A push that begins after `since` is told when it builds and again when it
/// is live, failed or stuck. One that was already under way is told of its end alone; one that had ended
/// before is not told of. A push that made no run, and what happens after the end (another takes its place),
/// is not worth a notice. GUI thread.

#include <QString>
#include <QStringList>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/journey/push_book.h"
#include "ui/theme/glyph.h"

namespace cerebral::ui {

struct PushNotice {
    std::string key;  ///< of the push; a later notice of the same key takes the place of the earlier
    QString title;    ///< plain text from outside, as is the body
    QString body;
    Status status = Status::Running;
    bool urgent = false;  ///< somebody is needed: failed, stuck
    QString error;        ///< to copy; empty when there is none
    bool last = false;    ///< nothing follows for this push
};

class PushNotices {
public:
    enum class Scope : std::uint8_t { All, Mine, None };

    /// What began before `since` was under way or over when the program began.
    explicit PushNotices(WallTime since) : since_(since) {}

    /// `handles`: names of the user as author, pusher or who asked for a rebuild.
    void setScope(Scope scope, const QStringList& handles);
    /// What is to be shown now, at most one for each push.
    [[nodiscard]] std::vector<PushNotice> take(const journey::PushChanges& changes);
    /// Another cluster: everything is forgotten, and only what begins from now on is new.
    void restart(WallTime since);

private:
    struct Told {
        bool shown = false;  ///< the desktop has a notice of it
        bool over = false;
        QString text;
    };
    [[nodiscard]] bool wanted(const journey::Push& push) const;
    void consider(const journey::Push& push, std::vector<PushNotice>& out);

    WallTime since_;
    Scope scope_ = Scope::All;
    QStringList handles_;
    std::unordered_map<std::string, Told> told_;
};

}  // namespace cerebral::ui
