#include "ui/pages/namespaces_dialog.h"

#include <QLineEdit>
#include <QRegularExpression>

#include "ui/models/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/scaled.h"

namespace cerebral::ui {
namespace {

constexpr double kWidth = 480;
constexpr double kField = 32;

/// RFC 1123 label, as the API server asks for (apimachinery, validation.IsDNS1123Label).
bool isNamespace(const QString& text) {
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"));
    return label.match(text).hasMatch();
}

}  // namespace

NamespacesDialog::NamespacesDialog(const Theme& theme, const QStringList& now, const QStringList& known,
                                   Switch change, QWidget& window)
    : DeskDialog(theme, QStringLiteral("Namespaces"), kWidth, window), change_(std::move(change)) {
    setObjectName(QStringLiteral("namespaces"));
    pipelines_ =
        addField(QStringLiteral("Pipelines"), QStringLiteral("Where PipelineRuns are."), now.value(0), known);
    platform_ = addField(QStringLiteral("Platform"), QStringLiteral("Where the services’ Deployments are."),
                         now.value(1), known);
    state_ = makeLabel(theme, &Fonts::small, &Colors::text2, {}, this);
    state_->setWordWrap(true);
    auto* cancel = new Button(theme, {}, QStringLiteral("Cancel"), Button::Kind::Default, this);
    go_ = new Button(theme, {}, QStringLiteral("Switch"), Button::Kind::Primary, this);
    go_->setHint(QStringLiteral("Ctrl+Enter"));
    footer().addWidget(state_, 1);
    footer().addWidget(cancel);
    footer().addWidget(go_);
    setMain(go_);
    connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(go_, &QAbstractButton::clicked, this, &NamespacesDialog::go);
    refresh();
    pipelines_->setFocus();
    pipelines_->lineEdit()->selectAll();
}

QComboBox* NamespacesDialog::addField(const QString& name, const QString& note, const QString& now,
                                      const QStringList& known) {
    auto* box = new QVBoxLayout;
    box->setSpacing(4);
    box->addWidget(makeLabel(theme(), &Fonts::strong, &Colors::text1, name, this));
    auto* field = new QComboBox(this);
    field->setEditable(true);
    keepHeight(theme(), field, kField);
    field->setInsertPolicy(QComboBox::NoInsert);
    field->addItems(known);
    field->setCurrentText(now);
    field->setAccessibleName(name);
    field->setAccessibleDescription(note);
    connect(field, &QComboBox::currentTextChanged, this, [this] { refresh(); });
    box->addWidget(field);
    box->addWidget(makeLabel(theme(), &Fonts::small, &Colors::text3, note, this));
    content().addLayout(box);
    return field;
}

void NamespacesDialog::refresh() {
    if (go_ == nullptr) return;
    QString problem;
    for (const QComboBox* field : {pipelines_, platform_}) {
        if (!isNamespace(field->currentText()))
            problem =
                QStringLiteral("%1: a name of lower-case letters, digits and hyphens").arg(field->accessibleName());
    }
    go_->setRefusal(problem);
    state_->setText(problem);
}

void NamespacesDialog::go() {
    const auto switched = change_(pipelines_->currentText(), platform_->currentText());
    if (switched) return accept();
    state_->setText(fromUtf8(switched.error().message));
}

}  // namespace cerebral::ui
