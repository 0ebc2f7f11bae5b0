#include "core/kube/sync_state.h"
