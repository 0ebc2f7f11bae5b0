#include "core/tekton/decode.h"
