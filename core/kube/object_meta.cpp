#include "core/kube/object_meta.h"
