#include "core/webhook/signature.h"
