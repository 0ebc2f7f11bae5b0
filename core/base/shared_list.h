#pragma once
/// @file SharedList<T>: a list that many objects have in common, kept once. Reads like a const vector.
///
/// Immutable; assigning another list leaves the others as they are.

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace cerebral {
// NOLINTBEGIN(google-explicit-constructor): stands where a vector stood
template <class T>
class SharedList {
public:
    SharedList() noexcept = default;
    SharedList(std::vector<T> list)
        : list_(list.empty() ? nullptr : std::make_shared<const std::vector<T>>(std::move(list))) {}
    SharedList(std::initializer_list<T> list) : SharedList(std::vector<T>(list)) {}

    [[nodiscard]] const std::vector<T>& list() const noexcept {
        static const std::vector<T> none;
        return list_ ? *list_ : none;
    }
    operator const std::vector<T>&() const noexcept { return list(); }
    [[nodiscard]] auto begin() const noexcept { return list().begin(); }
    [[nodiscard]] auto end() const noexcept { return list().end(); }
    [[nodiscard]] std::size_t size() const noexcept { return list().size(); }
    [[nodiscard]] bool empty() const noexcept { return list_ == nullptr; }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return list()[index]; }

    friend bool operator==(const SharedList& a, const SharedList& b) {
        return a.list_ == b.list_ || a.list() == b.list();
    }

private:
    std::shared_ptr<const std::vector<T>> list_;
};
// NOLINTEND(google-explicit-constructor)
}  // namespace cerebral
