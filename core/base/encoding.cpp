#include "core/base/encoding.h"
