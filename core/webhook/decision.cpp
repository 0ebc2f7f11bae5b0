#include "core/webhook/decision.h"
