// Watch lines and lists of PipelineRuns: whatever a server sends is applied, counted or refused.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/tekton/decode.h"

using namespace cerebral;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    kube::Store<tekton::PipelineRun> store;
    const auto sink = tekton::makePipelineRunSink(store);
    const auto event = sink->applyEvent(text, false, false);
    if (!event && event.error().kind != ErrorKind::Malformed) std::abort();
    if (!event && sink->malformed() == 0) std::abort();
    for (const auto& run : store.snapshot()) {
        if (run->meta.name.empty() || run->meta.uid.empty()) std::abort();
        static_cast<void>(run->state());
        static_cast<void>(run->progress());
    }
    if (sink->addPage(text, true)) sink->commitList();
    return 0;
}
