#include "core/pipeline/build_request.h"
