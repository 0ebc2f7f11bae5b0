#include "core/base/backoff.h"
