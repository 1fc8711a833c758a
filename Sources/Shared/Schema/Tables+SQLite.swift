extension Tables {
  /// The tables for SQLite 3.35 and later; times are text in UTC, flags 0 or 1.
  static let sqlite: [String] = [
    """
    CREATE TABLE schema_version (
      version INTEGER NOT NULL PRIMARY KEY,
      tool_version TEXT NOT NULL,
      applied_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_user (
      user_id TEXT NOT NULL PRIMARY KEY,
      user_principal_name TEXT NULL,
      mail TEXT NULL,
      display_name TEXT NULL,
      user_type TEXT NULL,
      account_enabled INTEGER NULL,
      usage_location TEXT NULL,
      department TEXT NULL,
      job_title TEXT NULL,
      time_zone TEXT NULL,
      working_hours TEXT NULL,
      status TEXT NOT NULL DEFAULT 'active',
      status_at TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_category (
      category_id INTEGER NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      color TEXT NULL,
      color_user_id TEXT NULL,
      designation TEXT NULL CHECK (designation IN ('project', 'activity', 'none')),
      is_project INTEGER GENERATED ALWAYS AS (CASE
        WHEN designation = 'project' THEN 1
        WHEN designation IS NULL AND instr(upper(name), '[PROJECT]') > 0 THEN 1
        ELSE 0 END) VIRTUAL,
      is_activity INTEGER GENERATED ALWAYS AS (CASE
        WHEN designation = 'activity' THEN 1
        WHEN designation IS NULL AND instr(upper(name), '[ACTIVITY]') > 0 THEN 1
        ELSE 0 END) VIRTUAL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_event (
      event_key INTEGER NOT NULL PRIMARY KEY,
      event_id TEXT NOT NULL UNIQUE,
      user_id TEXT NULL,
      user_email TEXT NULL,
      user_name TEXT NULL,
      calendar_id TEXT NULL,
      subject TEXT NULL,
      description TEXT NULL,
      start_date TEXT NULL,
      end_date TEXT NULL,
      start_local TEXT NULL,
      end_local TEXT NULL,
      time_zone TEXT NULL,
      minutes NUMERIC NULL,
      is_all_day INTEGER NOT NULL DEFAULT 0,
      show_as TEXT NULL,
      sensitivity TEXT NULL,
      response TEXT NULL,
      is_cancelled INTEGER NOT NULL DEFAULT 0,
      event_type TEXT NULL,
      series_master_id TEXT NULL,
      ical_uid TEXT NULL,
      organizer TEXT NULL,
      location TEXT NULL,
      web_link TEXT NULL,
      change_key TEXT NULL,
      last_modified TEXT NULL,
      content_hash INTEGER NULL,
      is_deleted INTEGER NOT NULL DEFAULT 0,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX ix_calendar_event_start_date ON calendar_event (start_date)",
    "CREATE INDEX ix_calendar_event_user_id ON calendar_event (user_id, start_date)",
    """
    CREATE TABLE calendar_event_calendar_category (
      event_key INTEGER NOT NULL REFERENCES calendar_event (event_key) ON DELETE CASCADE,
      category_id INTEGER NOT NULL REFERENCES calendar_category (category_id),
      event_id TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      PRIMARY KEY (event_key, category_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_calendar_event_calendar_category_category_id
      ON calendar_event_calendar_category (category_id)
    """,
    """
    CREATE TABLE sync_state (
      slice_id INTEGER NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL,
      calendar_id TEXT NOT NULL,
      window_start TEXT NOT NULL,
      window_end TEXT NOT NULL,
      mail TEXT NULL,
      mode TEXT NULL,
      delta_link TEXT NULL,
      last_full_at TEXT NULL,
      last_round_at TEXT NULL,
      run_id INTEGER NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      UNIQUE (user_id, calendar_id, window_start, window_end)
    )
    """,
    """
    CREATE TABLE sync_state_event (
      slice_id INTEGER NOT NULL REFERENCES sync_state (slice_id) ON DELETE CASCADE,
      event_key INTEGER NOT NULL REFERENCES calendar_event (event_key) ON DELETE CASCADE,
      PRIMARY KEY (slice_id, event_key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_sync_state_event_event_key ON sync_state_event (event_key)",
    """
    CREATE TABLE sync_run (
      run_id INTEGER NOT NULL PRIMARY KEY,
      stream_run TEXT NULL,
      loaded_by TEXT NULL,
      tool_version TEXT NOT NULL,
      started_at TEXT NOT NULL,
      finished_at TEXT NULL,
      outcome TEXT NOT NULL,
      rounds INTEGER NOT NULL DEFAULT 0,
      events_new INTEGER NOT NULL DEFAULT 0,
      events_changed INTEGER NOT NULL DEFAULT 0,
      events_same INTEGER NOT NULL DEFAULT 0,
      events_deleted INTEGER NOT NULL DEFAULT 0,
      rejected INTEGER NOT NULL DEFAULT 0,
      errors INTEGER NOT NULL DEFAULT 0
    )
    """,
  ]
}
