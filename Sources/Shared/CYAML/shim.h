// The part of libyaml that reads a file of rules. An event is a union that Swift would see as raw memory: these
// functions look into it.
#pragma once

#include <yaml.h>

static inline int tt_yaml_type(const yaml_event_t *event) { return (int)event->type; }

/// Lines count from 1 here, as editors count them.
static inline size_t tt_yaml_line(const yaml_event_t *event) { return event->start_mark.line + 1; }

static inline const unsigned char *tt_yaml_text(const yaml_event_t *event) {
  return event->data.scalar.value;
}

/// Whether a scalar stands there without quotes and tags, so that it may mean something else than a text.
static inline int tt_yaml_is_plain(const yaml_event_t *event) {
  return event->data.scalar.plain_implicit;
}

static inline size_t tt_yaml_length(const yaml_event_t *event) { return event->data.scalar.length; }

static inline const char *tt_yaml_problem(const yaml_parser_t *parser) { return parser->problem; }

static inline size_t tt_yaml_problem_line(const yaml_parser_t *parser) {
  return parser->problem_mark.line + 1;
}
