// What cerebral-dashboard's start is compared with: a Qt program that shows an empty window.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char** argv) {
    const QApplication app(argc, argv);
    QMainWindow window;
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}
