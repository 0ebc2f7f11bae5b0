#include "core/tekton/pipeline_run.h"
