// The part of RE2 that finds a regular expression in UTF-8, for Swift: RE2 itself speaks C++.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tt_re2 tt_re2;

/// An expression to ask for its fault, and to free; case doesn't matter to it.
tt_re2 *tt_re2_compile(const char *source, size_t length);

/// What is wrong with it, in words; NULL when it can be searched for.
const char *tt_re2_fault(const tt_re2 *expression);

/// Whether a part of the text fits, in time that grows with the text's length and no faster.
bool tt_re2_is_found(const tt_re2 *expression, const char *text, size_t length);

void tt_re2_free(tt_re2 *expression);

#ifdef __cplusplus
}
#endif
