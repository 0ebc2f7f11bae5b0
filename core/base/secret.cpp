#include "core/base/secret.h"
