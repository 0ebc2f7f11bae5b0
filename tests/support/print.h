#pragma once
/// @file Lets QCOMPARE show values of the core library's types when they differ.

#include <QTest>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace QTest {

template <>
inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
template <>
inline char* toString(const std::string_view& text) {
    return qstrdup(std::string(text).c_str());
}
}  // namespace QTest

/// QCOMPARE for enumerations that have a `const char* toString(…)` of their own. (QCOMPARE itself would
/// find that function by argument-dependent lookup and free the literal it returns.)
#define COMPARE_NAMED(actual, expected) \
    QCOMPARE(std::string_view(toString(actual)), std::string_view(toString(expected)))
/// Fails the test with the error's own words when a Result holds one. Evaluates its argument once.
#define VERIFY_OK(result)                                                                                   \
    do {                                                                                                    \
        const auto& verifiedResult = (result);                                                              \
        QVERIFY2(verifiedResult.has_value(), verifiedResult ? "" : verifiedResult.error().message.c_str()); \
    } while (false)
/// Fails unless the Result holds an error of that kind. Evaluates its argument once.
#define COMPARE_ERROR(result, expectedKind)                       \
    do {                                                          \
        const auto& comparedResult = (result);                    \
        QVERIFY(!comparedResult.has_value());                     \
        COMPARE_NAMED(comparedResult.error().kind, expectedKind); \
    } while (false)
