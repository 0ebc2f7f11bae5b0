#include "core/net/line_splitter.h"
