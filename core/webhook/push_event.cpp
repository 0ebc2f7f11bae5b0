#include "core/webhook/push_event.h"
