#include "core/kube/resource_type.h"
