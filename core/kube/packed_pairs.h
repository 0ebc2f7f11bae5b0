#pragma once
/// @file PackedPairs: names with values (labels, annotations, parameters, results), all in one allocation.
///
/// Objects are held by the ten thousand and have some thirty pairs each: as strings in maps they were
/// half of the memory and most of the time of a first list. Names that nearly every object has take a
/// byte. Looking one up reads past the others, which are few; building is for decoders and tests.
///
/// A value type. Views into it live as long as it does and is not assigned to.

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace cerebral::kube {

class PackedPairs {
public:
    struct Pair {
        std::string_view name;
        std::string_view value;
    };

    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Pair;
        using difference_type = std::ptrdiff_t;
        using pointer = const Pair*;
        using reference = Pair;

        Iterator() = default;
        explicit Iterator(const char* at) noexcept : at_(at) {}
        Pair operator*() const noexcept;
        Iterator& operator++() noexcept;
        Iterator operator++(int) noexcept {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

    private:
        const char* at_ = nullptr;
    };

    PackedPairs() noexcept = default;
    /// In this order. The names differ.
    explicit PackedPairs(std::span<const Pair> pairs);
    PackedPairs(std::initializer_list<Pair> pairs) : PackedPairs(std::span(pairs.begin(), pairs.size())) {}
    PackedPairs(const PackedPairs& other);
    PackedPairs(PackedPairs&& other) noexcept;
    PackedPairs& operator=(const PackedPairs& other);
    PackedPairs& operator=(PackedPairs&& other) noexcept;
    ~PackedPairs() = default;

    [[nodiscard]] Iterator begin() const noexcept { return Iterator(bytes_.get()); }
    [[nodiscard]] Iterator end() const noexcept { return Iterator(bytes_.get() + size_); }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// Counts.
    [[nodiscard]] std::size_t size() const noexcept;

    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// Empty when absent.
    [[nodiscard]] std::string_view get(std::string_view name) const noexcept {
        return find(name).value_or(std::string_view());
    }

    /// Replaces the value, or adds the pair behind the others.
    void set(std::string_view name, std::string_view value);
    void erase(std::string_view name);

private:
    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
};

}  // namespace cerebral::kube
