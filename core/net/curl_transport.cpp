#include "core/net/curl_transport.h"
