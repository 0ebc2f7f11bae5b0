#pragma once
/// @file libcurl, loaded while the window comes up instead of before it.
///
/// libcurl brings some thirty libraries (Kerberos, LDAP, SSH, …), and loading them takes longer than painting the
/// first frame. So `cerebral-dashboard` alone is not linked with it: late_curl.cpp defines the functions `core/net`
/// calls, with the declarations of <curl/curl.h>, and hands each call on to the library. A function that is missing
/// there is found by the linker: then libcurl is linked again, and bench_window says so.

namespace cerebral::dashboard {

/// Blocking, any thread. The first call to libcurl does it where nobody did. Without the library the program ends, as
/// a linked one would.
void loadCurl();

}  // namespace cerebral::dashboard
