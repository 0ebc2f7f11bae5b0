#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QStringList>

#include "ui/theme/expected_fonts.h"

namespace cerebral::ui {
namespace {

const QString kSans = QStringLiteral("Inter");
const QString kFixed = QStringLiteral("JetBrains Mono");

QFont make(const QStringList& families, double px, QFont::Weight weight, double scale) {
    QFont font(families);
    font.setPixelSize(qRound(px * scale));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferAntialias);
    return font;
}

Fonts fontsOf(const QStringList& sans, const QStringList& fixed, double scale) {
    Fonts f;
    f.figure = make(sans, 24, QFont::DemiBold, scale);
    f.runTitle = make(sans, 18, QFont::DemiBold, scale);
    f.pageTitle = make(sans, 16, QFont::DemiBold, scale);
    f.answer = make(sans, 15, QFont::Normal, scale);
    f.answerBold = make(sans, 15, QFont::DemiBold, scale);
    f.section = make(sans, 13, QFont::DemiBold, scale);
    f.strong = make(sans, 13, QFont::Medium, scale);
    f.body = make(sans, 13, QFont::Normal, scale);
    f.small = make(sans, 12, QFont::Normal, scale);
    f.smallStrong = make(sans, 12, QFont::Medium, scale);
    f.tiny = make(sans, 11, QFont::Medium, scale);
    f.tinyPlain = make(sans, 11, QFont::Normal, scale);
    f.initials = make(sans, 10, QFont::DemiBold, scale);
    f.mono = make(fixed, 12, QFont::Normal, scale);
    f.monoStrong = make(fixed, 12, QFont::Medium, scale);
    f.monoTiny = make(fixed, 11, QFont::Normal, scale);
    for (QFont* mono : {&f.mono, &f.monoStrong, &f.monoTiny}) {
        mono->setStyleHint(QFont::Monospace);
        mono->setFixedPitch(true);
        // "--" stays two signs: what is to be copied or compared is shown as it is written.
        mono->setStyleStrategy(static_cast<QFont::StyleStrategy>(QFont::PreferAntialias | QFont::PreferNoShaping));
    }
    return f;
}

}  // namespace

Fonts makeFonts(double scale) {
    const QStringList installed = QFontDatabase::families();
    const auto one = [&](const QString& wanted, QFontDatabase::SystemFont otherwise) {
        return QStringList(installed.contains(wanted) ? wanted : QFontDatabase::systemFont(otherwise).family());
    };
    return fontsOf(one(kSans, QFontDatabase::GeneralFont), one(kFixed, QFontDatabase::FixedFont), scale);
}

Fonts expectedFonts(double scale) {
    return fontsOf({kSans, QStringLiteral("Sans Serif")}, {kFixed, QStringLiteral("Monospace")}, scale);
}

}  // namespace cerebral::ui
