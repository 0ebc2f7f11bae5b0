#include "core/base/time_format.h"
