#include "core/kube/reflector.h"
