// A plugin that any Qt program loads when QT_QPA_GENERIC_PLUGINS names it: it says when the first window has been
// painted, and when the first list with something in it, and so measures the programs as they are.
#include <QAbstractItemView>
#include <QCoreApplication>
#include <QEvent>
#include <QGenericPlugin>
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
        std::printf("{\"%s\": \"%lld\"}\n", event->type() == kFrame ? "firstFrameNs" : "firstRowsNs",
                    static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec);
        std::fflush(stdout);
    }

private:
    static constexpr auto kFrame = QEvent::User;
    static constexpr auto kRows = static_cast<QEvent::Type>(QEvent::User + 1);
    /// Handled once the painting, children and all, is over and in the window.
    void sayAfterwards(QEvent::Type what) {
        QCoreApplication::postEvent(this, new QEvent(what), Qt::HighEventPriority);
    }
    bool framed_ = false;
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
