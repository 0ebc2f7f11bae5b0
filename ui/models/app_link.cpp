#include "ui/models/app_link.h"

#include <QRegularExpression>

namespace cerebral::ui {
namespace {

constexpr int kMost = 2048;

}  // namespace

QString AppLink::text() const {
    return kind == Kind::Run ? QStringLiteral("cerebral://run/%1/%2").arg(ns, name)
                             : QStringLiteral("cerebral://commit/%1").arg(commit);
}

std::optional<AppLink> parseAppLink(const QString& text) {
    if (text.size() > kMost) return std::nullopt;
    // A namespace is an RFC 1123 label, the name of a run a subdomain.
    static const QRegularExpression run(
        QStringLiteral("\\Acerebral://run/([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/"
                       "([a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?)/?\\z"));
    static const QRegularExpression commit(QStringLiteral("\\Acerebral://commit/([0-9a-fA-F]{4,40})/?\\z"));
    AppLink link;
    if (const auto match = run.match(text); match.hasMatch()) {
        link.kind = AppLink::Kind::Run;
        link.ns = match.captured(1);
        link.name = match.captured(2);
        return link;
    }
    if (const auto match = commit.match(text); match.hasMatch()) {
        link.commit = match.captured(1).toLower();
        return link;
    }
    return std::nullopt;
}

}  // namespace cerebral::ui
