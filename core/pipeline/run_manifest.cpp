#include "core/pipeline/run_manifest.h"
