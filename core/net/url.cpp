#include "core/net/url.h"
