#pragma once
// Compiled once for each library of the interface: Qt's widgets are most of what a source file reads.
#include <QtWidgets>
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>
