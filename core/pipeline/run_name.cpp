#include "core/pipeline/run_name.h"
