#include "core/kube/kubeconfig.h"
