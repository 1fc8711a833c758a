// Written by scripts/generate-schemas from docs/schema.

extension Schemas {
  /// Kind and schema, in order of kinds.
  static let all: [(kind: String, json: String)] = [
    (
      "category",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "category",
        "description": "One master category of one person.",
        "type": "object",
        "required": [
          "record",
          "name"
        ],
        "properties": {
          "record": {
            "const": "category"
          },
          "user": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "color": {
            "type": [
              "string",
              "null"
            ]
          },
          "designation": {
            "enum": [
              "project",
              "activity",
              "none"
            ]
          }
        }
      }
      """#
    ),
    (
      "end",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "end",
        "description": "The last line of tt-fetch. Its absence means that the pipe broke.",
        "type": "object",
        "required": [
          "record",
          "run",
          "counts"
        ],
        "properties": {
          "record": {
            "const": "end"
          },
          "run": {
            "type": "string"
          },
          "counts": {
            "type": "object",
            "required": [
              "users",
              "rounds",
              "events",
              "errors"
            ],
            "properties": {
              "users": {
                "type": "integer",
                "minimum": 0
              },
              "rounds": {
                "type": "integer",
                "minimum": 0
              },
              "events": {
                "type": "integer",
                "minimum": 0
              },
              "errors": {
                "type": "integer",
                "minimum": 0
              }
            }
          }
        }
      }
      """#
    ),
    (
      "error",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "error",
        "description": "A mailbox, or one of its calendars, that could not be read. The run goes on with the others.",
        "type": "object",
        "required": [
          "record",
          "tool",
          "code",
          "message",
          "class"
        ],
        "properties": {
          "record": {
            "const": "error"
          },
          "tool": {
            "type": "string"
          },
          "user": {
            "type": [
              "string",
              "null"
            ]
          },
          "mail": {
            "type": [
              "string",
              "null"
            ]
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "class": {
            "enum": [
              "config",
              "auth",
              "denied",
              "no-mailbox",
              "throttled",
              "transient",
              "data"
            ]
          },
          "httpStatus": {
            "type": [
              "integer",
              "null"
            ]
          },
          "requestId": {
            "type": [
              "string",
              "null"
            ]
          }
        }
      }
      """#
    ),
    (
      "event",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "event",
        "description": "One event, complete: an occurrence carries its series' subject, categories and the rest. All other members are Graph's own.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar",
          "id"
        ],
        "properties": {
          "record": {
            "const": "event"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "mail": {
            "type": [
              "string",
              "null"
            ]
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "id": {
            "type": "string"
          },
          "type": {
            "enum": [
              "singleInstance",
              "occurrence",
              "exception"
            ]
          },
          "seriesMasterId": {
            "type": [
              "string",
              "null"
            ]
          },
          "subject": {
            "type": [
              "string",
              "null"
            ]
          },
          "start": {
            "type": "object",
            "required": [
              "dateTime"
            ],
            "properties": {
              "dateTime": {
                "type": "string"
              },
              "timeZone": {
                "type": "string"
              }
            }
          },
          "end": {
            "type": "object",
            "required": [
              "dateTime"
            ],
            "properties": {
              "dateTime": {
                "type": "string"
              },
              "timeZone": {
                "type": "string"
              }
            }
          },
          "isAllDay": {
            "type": [
              "boolean",
              "null"
            ]
          },
          "isCancelled": {
            "type": [
              "boolean",
              "null"
            ]
          },
          "showAs": {
            "type": [
              "string",
              "null"
            ]
          },
          "sensitivity": {
            "type": [
              "string",
              "null"
            ]
          },
          "categories": {
            "type": [
              "array",
              "null"
            ],
            "items": {
              "type": "string"
            }
          },
          "startUtc": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          },
          "endUtc": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          },
          "startLocal": {
            "type": "string"
          },
          "endLocal": {
            "type": "string"
          },
          "zone": {
            "type": [
              "string",
              "null"
            ]
          },
          "zoneSource": {
            "enum": [
              "mailbox",
              "event",
              "option",
              "system"
            ]
          },
          "zoneNote": {
            "type": "string"
          },
          "minutes": {
            "type": "number",
            "minimum": 0
          }
        }
      }
      """#
    ),
    (
      "plan",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "plan",
        "description": "What tt-load --plan would do to one mailbox.",
        "type": "object",
        "required": [
          "record"
        ],
        "properties": {
          "record": {
            "const": "plan"
          },
          "new": {
            "type": "integer",
            "minimum": 0
          },
          "changed": {
            "type": "integer",
            "minimum": 0
          },
          "same": {
            "type": "integer",
            "minimum": 0
          },
          "deleted": {
            "type": "integer",
            "minimum": 0
          }
        }
      }
      """#
    ),
    (
      "reject",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reject",
        "description": "A line that could not be used, kept so that it can be played again: jq -r .input.",
        "type": "object",
        "required": [
          "record",
          "tool",
          "line",
          "reason"
        ],
        "properties": {
          "record": {
            "const": "reject"
          },
          "tool": {
            "type": "string"
          },
          "line": {
            "type": "integer",
            "minimum": 1
          },
          "reason": {
            "type": "string"
          },
          "input": {
            "description": "The line; null when it was too long to keep, or may hold an access token.",
            "type": [
              "string",
              "null"
            ]
          },
          "inputBase64": {
            "type": "string"
          }
        }
      }
      """#
    ),
    (
      "removed",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "removed",
        "description": "Gone from this calendar's window. Unknown ids are normal; a master's id means all its occurrences.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar",
          "id"
        ],
        "properties": {
          "record": {
            "const": "removed"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "id": {
            "type": "string"
          },
          "reason": {
            "type": "string"
          }
        }
      }
      """#
    ),
    (
      "restart",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "restart",
        "description": "Takes back what came of this calendar since its last round: the round begins anew.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar"
        ],
        "properties": {
          "record": {
            "const": "restart"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          }
        }
      }
      """#
    ),
    (
      "round",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "round",
        "description": "Closes one calendar's part: a sink may commit what it covers.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar",
          "mode",
          "window",
          "counts",
          "startedAt",
          "finishedAt"
        ],
        "properties": {
          "record": {
            "const": "round"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "mail": {
            "type": [
              "string",
              "null"
            ]
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "mode": {
            "enum": [
              "full",
              "delta"
            ]
          },
          "window": {
            "type": "object",
            "required": [
              "start",
              "end"
            ],
            "properties": {
              "start": {
                "type": "string",
                "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
              },
              "end": {
                "type": "string",
                "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
              }
            }
          },
          "counts": {
            "type": "object",
            "required": [
              "event",
              "series",
              "removed"
            ],
            "properties": {
              "event": {
                "type": "integer",
                "minimum": 0
              },
              "series": {
                "type": "integer",
                "minimum": 0
              },
              "removed": {
                "type": "integer",
                "minimum": 0
              }
            }
          },
          "deltaLink": {
            "type": [
              "string",
              "null"
            ]
          },
          "startedAt": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          },
          "finishedAt": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          }
        }
      }
      """#
    ),
    (
      "series",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "series",
        "description": "The occurrences of this series in this round are all that it has in the window.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar",
          "id"
        ],
        "properties": {
          "record": {
            "const": "series"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "id": {
            "type": "string"
          }
        }
      }
      """#
    ),
    (
      "state",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "state",
        "description": "Where the next round of one window goes on: from tt-load state, into tt-fetch.",
        "type": "object",
        "required": [
          "record",
          "user",
          "calendar",
          "window"
        ],
        "properties": {
          "record": {
            "const": "state"
          },
          "user": {
            "type": "string",
            "description": "the person's object id"
          },
          "mail": {
            "type": [
              "string",
              "null"
            ]
          },
          "calendar": {
            "type": "string",
            "description": "primary, or a calendar's id"
          },
          "mode": {
            "enum": [
              "full",
              "delta"
            ]
          },
          "window": {
            "type": "object",
            "required": [
              "start",
              "end"
            ],
            "properties": {
              "start": {
                "type": "string",
                "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
              },
              "end": {
                "type": "string",
                "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
              }
            }
          },
          "deltaLink": {
            "type": [
              "string",
              "null"
            ]
          },
          "lastFullAt": {
            "description": "When the window was last read in full. Null asks tt-fetch to read it in full; left out, it goes on from the link.",
            "type": [
              "string",
              "null"
            ],
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          },
          "finishedAt": {
            "type": [
              "string",
              "null"
            ],
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          }
        }
      }
      """#
    ),
    (
      "stream",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stream",
        "description": "The first line of tt-fetch. A sink refuses a version it doesn't know.",
        "type": "object",
        "required": [
          "record",
          "version",
          "tool",
          "run",
          "at"
        ],
        "properties": {
          "record": {
            "const": "stream"
          },
          "version": {
            "const": 1
          },
          "tool": {
            "type": "string"
          },
          "run": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          }
        }
      }
      """#
    ),
    (
      "token",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "token",
        "description": "An access token, from tt-auth. It is a secret.",
        "type": "object",
        "required": [
          "record",
          "tokenType",
          "accessToken",
          "expiresAt"
        ],
        "properties": {
          "record": {
            "const": "token"
          },
          "tokenType": {
            "type": "string"
          },
          "accessToken": {
            "type": "string"
          },
          "expiresAt": {
            "type": "string",
            "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$"
          },
          "tenantId": {
            "type": [
              "string",
              "null"
            ]
          },
          "clientId": {
            "type": [
              "string",
              "null"
            ]
          },
          "scope": {
            "type": [
              "string",
              "null"
            ]
          },
          "roles": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      }
      """#
    ),
    (
      "user",
      #"""
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "user",
        "description": "A person, a room or a shared mailbox. Precedes that mailbox's events.",
        "type": "object",
        "required": [
          "record",
          "id"
        ],
        "properties": {
          "record": {
            "const": "user"
          },
          "id": {
            "type": "string"
          },
          "userPrincipalName": {
            "type": [
              "string",
              "null"
            ]
          },
          "mail": {
            "type": [
              "string",
              "null"
            ]
          },
          "displayName": {
            "type": [
              "string",
              "null"
            ]
          },
          "userType": {
            "type": [
              "string",
              "null"
            ]
          },
          "accountEnabled": {
            "type": [
              "boolean",
              "null"
            ]
          },
          "usageLocation": {
            "type": [
              "string",
              "null"
            ]
          },
          "department": {
            "type": [
              "string",
              "null"
            ]
          },
          "jobTitle": {
            "type": [
              "string",
              "null"
            ]
          },
          "timeZone": {
            "type": [
              "string",
              "null"
            ],
            "description": "the mailbox's zone as Graph spells it"
          },
          "workingHours": {
            "type": [
              "object",
              "null"
            ]
          }
        }
      }
      """#
    ),
  ]
}
