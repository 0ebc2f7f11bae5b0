#include "core/kube/kube_client.h"
