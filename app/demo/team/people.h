#pragma once
/// @file Who works on the platform in the demo, and on what.

#include <array>
#include <string_view>

namespace cerebral::demo {

struct Person {
    std::string_view name;
    std::string_view login;
};

inline constexpr std::array<Person, 6> kPeople = {{{"Mara Lindqvist", "mlindqvist"},
                                                   {"Tomás Herrera", "therrera"},
                                                   {"Aiko Tanaka", "atanaka"},
                                                   {"Jonas Weber", "jweber"},
                                                   {"Priya Raman", "praman"},
                                                   {"Sam Okafor", "sokafor"}}};

inline constexpr std::array<std::string_view, 8> kFeatures = {
    "feat: stream embeddings in batches",        "fix: retry the vector store after a timeout",
    "feat: add tenant limits to the planner",    "perf: reuse the tokenizer between requests",
    "fix: close the database session on cancel", "feat: expose queue depth as a metric",
    "refactor: split the ingest worker",         "fix: respect the deadline of the caller"};

inline constexpr std::string_view kRepository = "baerautotech/cerebral";

}  // namespace cerebral::demo
