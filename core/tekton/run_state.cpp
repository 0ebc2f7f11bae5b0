#include "core/tekton/run_state.h"
