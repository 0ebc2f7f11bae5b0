#include "core/kube/status.h"
