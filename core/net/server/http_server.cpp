#include "core/net/server/http_server.h"
