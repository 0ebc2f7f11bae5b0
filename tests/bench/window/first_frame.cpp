// A plugin that any Qt program loads when QT_QPA_GENERIC_PLUGINS names it: it says when the first window has been
// painted, when its first words, and when the first list with something in it, and so measures the programs as they
// are.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCoreApplication>
#include <QEvent>
#include <QGenericPlugin>
#include <QLabel>
#include <QWidget>
#include <cstdio>
#include <ctime>

namespace cerebral::bench {

class FirstFrameWatch final : public QObject {
    Q_OBJECT
public:
    FirstFrameWatch() { QCoreApplication::instance()->installEventFilter(this); }

    bool eventFilter(QObject* object, QEvent* event) override {
        if (event->type() != QEvent::Paint) return false;
        const auto* widget = qobject_cast<const QWidget*>(object);
        if (widget == nullptr) return false;
        if (!framed_ && widget->isWindow()) {
            framed_ = true;
            sayAfterwards(kFrame);
        }
        if (!worded_ && hasWords(*widget)) {
            worded_ = true;
            sayAfterwards(kWords);
        }
        const auto* list = qobject_cast<const QAbstractItemView*>(widget->parentWidget());
        if (list != nullptr && list->viewport() == widget && list->model() != nullptr &&
            list->model()->rowCount() > 0) {
            QCoreApplication::instance()->removeEventFilter(this);
            sayAfterwards(kRows);
        }
        return false;
    }

protected:
    void customEvent(QEvent* event) override {
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        const char* what = event->type() == kFrame   ? "firstFrameNs"
                           : event->type() == kWords ? "firstWordsNs"
                                                     : "firstRowsNs";
        std::printf("{\"%s\": \"%lld\"}\n", what, static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec);
        std::fflush(stdout);
    }

private:
    static constexpr auto kFrame = QEvent::User;
    static constexpr auto kWords = static_cast<QEvent::Type>(QEvent::User + 1);
    static constexpr auto kRows = static_cast<QEvent::Type>(QEvent::User + 2);
    static bool hasWords(const QWidget& widget) {
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        const auto* label = qobject_cast<const QLabel*>(&widget);
        return (button != nullptr && !button->text().isEmpty()) || (label != nullptr && !label->text().isEmpty());
    }
    /// Handled once the painting, children and all, is over and in the window.
    void sayAfterwards(QEvent::Type what) {
        QCoreApplication::postEvent(this, new QEvent(what), Qt::HighEventPriority);
    }
    bool framed_ = false;
    bool worded_ = false;
};

class FirstFramePlugin final : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "first_frame.json")
public:
    QObject* create(const QString& key, const QString&) override {
        return key.compare(QLatin1String("firstframe"), Qt::CaseInsensitive) == 0 ? new FirstFrameWatch : nullptr;
    }
};

}  // namespace cerebral::bench

#include "first_frame.moc"
