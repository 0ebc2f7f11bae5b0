#include "app/demo/registry/tar_gzip.h"

#include <zlib.h>

#include <array>
#include <cassert>
#include <cstdio>
#include <cstring>

namespace cerebral::demo {

std::string tarOf(std::string_view path, std::string_view content) {
    constexpr std::size_t kBlock = 512;
    std::array<char, kBlock> header{};
    assert(path.size() < 100);
    const auto field = [&](std::size_t at, std::size_t width, unsigned long long value) {
        std::snprintf(&header[at], width, "%0*llo", static_cast<int>(width) - 1, value);
    };
    std::memcpy(header.data(), path.data(), path.size());
    field(100, 8, 0644);
    field(108, 8, 0);
    field(116, 8, 0);
    field(124, 12, content.size());
    field(136, 12, 0);
    std::memset(&header[148], ' ', 8);  // the checksum counts as spaces
    header[156] = '0';
    std::memcpy(&header[257], "ustar", 6);
    std::memcpy(&header[263], "00", 2);
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    std::snprintf(&header[148], 8, "%06o", sum);
    header[155] = ' ';
    std::string tar(header.data(), header.size());
    tar += content;
    tar.append((kBlock - content.size() % kBlock) % kBlock + 2 * kBlock, '\0');
    return tar;
}

std::string gzipOf(std::string_view bytes) {
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return done == Z_STREAM_END ? out : std::string();
}

}  // namespace cerebral::demo
