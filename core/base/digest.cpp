#include "core/base/digest.h"
