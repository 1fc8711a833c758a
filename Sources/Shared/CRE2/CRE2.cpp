#include "CRE2.h"

#include <re2/re2.h>

struct tt_re2 {
  re2::RE2 expression;
};

static re2::RE2::Options options() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_case_sensitive(false);
  options.set_never_capture(true);
  return options;
}

tt_re2 *tt_re2_compile(const char *source, size_t length) {
  return new tt_re2{re2::RE2(re2::StringPiece(source, length), options())};
}

const char *tt_re2_fault(const tt_re2 *expression) {
  return expression->expression.ok() ? nullptr : expression->expression.error().c_str();
}

bool tt_re2_is_found(const tt_re2 *expression, const char *text, size_t length) {
  return re2::RE2::PartialMatch(re2::StringPiece(text, length), expression->expression);
}

void tt_re2_free(tt_re2 *expression) { delete expression; }
