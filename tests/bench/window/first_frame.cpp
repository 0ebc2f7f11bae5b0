// A plugin that any Qt program loads when QT_QPA_GENERIC_PLUGINS names it: it says when the first window has been
// painted, and so measures the programs as they are.
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
        if (widget == nullptr || !widget->isWindow()) return false;
        QCoreApplication::instance()->removeEventFilter(this);
        // Handled once the painting, children and all, is over and in the window.
        QCoreApplication::postEvent(this, new QEvent(QEvent::User), Qt::HighEventPriority);
        return false;
    }

protected:
    void customEvent(QEvent*) override {
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        std::printf("{\"firstFrameNs\": \"%lld\"}\n",
                    static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec);
        std::fflush(stdout);
    }
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
