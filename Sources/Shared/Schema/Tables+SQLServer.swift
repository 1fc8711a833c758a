extension Tables {
  /// The tables for SQL Server 2017 and later, and Azure SQL.
  ///
  /// Identifiers differ only in case, so they compare in a binary collation. SQL Server also ignores trailing
  /// spaces when it compares, in every collation: where that matters, a computed length is compared as well.
  static let sqlServer: [String] = [
    """
    CREATE TABLE schema_version (
      version INT NOT NULL CONSTRAINT pk_schema_version PRIMARY KEY,
      tool_version NVARCHAR(64) NOT NULL,
      applied_at DATETIME2(3) NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_user (
      user_id NVARCHAR(128) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT pk_calendar_user PRIMARY KEY,
      user_principal_name NVARCHAR(400) NULL,
      mail NVARCHAR(320) NULL,
      display_name NVARCHAR(400) NULL,
      user_type NVARCHAR(64) NULL,
      account_enabled BIT NULL,
      usage_location NVARCHAR(64) NULL,
      department NVARCHAR(400) NULL,
      job_title NVARCHAR(400) NULL,
      time_zone NVARCHAR(128) NULL,
      working_hours NVARCHAR(MAX) NULL,
      status NVARCHAR(64) NOT NULL DEFAULT N'active',
      status_at DATETIME2(3) NOT NULL,
      created_at DATETIME2(3) NOT NULL,
      updated_at DATETIME2(3) NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_category (
      category_id INT IDENTITY(1, 1) NOT NULL CONSTRAINT pk_calendar_category PRIMARY KEY,
      name NVARCHAR(255) NOT NULL,
      name_key NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
      name_key_length AS DATALENGTH(name_key),
      color NVARCHAR(64) NULL,
      color_user_id NVARCHAR(128) NULL,
      designation NVARCHAR(8) NULL CHECK (designation IN (N'project', N'activity', N'none')),
      is_project AS CAST(CASE
        WHEN designation = N'project' THEN 1
        WHEN designation IS NULL AND CHARINDEX(N'[PROJECT]', UPPER(name)) > 0 THEN 1
        ELSE 0 END AS BIT),
      is_activity AS CAST(CASE
        WHEN designation = N'activity' THEN 1
        WHEN designation IS NULL AND CHARINDEX(N'[ACTIVITY]', UPPER(name)) > 0 THEN 1
        ELSE 0 END AS BIT),
      created_at DATETIME2(3) NOT NULL,
      updated_at DATETIME2(3) NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX ux_calendar_category_name ON calendar_category (name_key, name_key_length)",
    """
    CREATE TABLE calendar_event (
      event_key BIGINT IDENTITY(1, 1) NOT NULL CONSTRAINT pk_calendar_event PRIMARY KEY,
      event_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
      event_id_length AS DATALENGTH(event_id),
      user_id NVARCHAR(128) COLLATE Latin1_General_BIN2 NULL,
      user_email NVARCHAR(320) NULL,
      user_name NVARCHAR(400) NULL,
      calendar_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NULL,
      subject NVARCHAR(MAX) NULL,
      description NVARCHAR(MAX) NULL,
      start_date DATETIME2(7) NULL,
      end_date DATETIME2(7) NULL,
      start_local DATETIME2(7) NULL,
      end_local DATETIME2(7) NULL,
      time_zone NVARCHAR(128) NULL,
      minutes DECIMAL(14, 4) NULL,
      is_all_day BIT NOT NULL DEFAULT 0,
      show_as NVARCHAR(64) NULL,
      sensitivity NVARCHAR(64) NULL,
      response NVARCHAR(64) NULL,
      is_cancelled BIT NOT NULL DEFAULT 0,
      event_type NVARCHAR(64) NULL,
      series_master_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NULL,
      ical_uid NVARCHAR(MAX) NULL,
      organizer NVARCHAR(1024) NULL,
      location NVARCHAR(MAX) NULL,
      web_link NVARCHAR(MAX) NULL,
      change_key NVARCHAR(400) NULL,
      last_modified DATETIME2(7) NULL,
      content_hash BIGINT NULL,
      is_deleted BIT NOT NULL DEFAULT 0,
      created_at DATETIME2(3) NOT NULL,
      updated_at DATETIME2(3) NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX ux_calendar_event_event_id ON calendar_event (event_id, event_id_length)",
    "CREATE INDEX ix_calendar_event_start_date ON calendar_event (start_date)",
    "CREATE INDEX ix_calendar_event_user_id ON calendar_event (user_id, start_date)",
    """
    CREATE TABLE calendar_event_calendar_category (
      event_key BIGINT NOT NULL CONSTRAINT fk_calendar_event_calendar_category_event
        REFERENCES calendar_event (event_key) ON DELETE CASCADE,
      category_id INT NOT NULL CONSTRAINT fk_calendar_event_calendar_category_category
        REFERENCES calendar_category (category_id),
      event_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
      created_at DATETIME2(3) NOT NULL,
      updated_at DATETIME2(3) NOT NULL,
      CONSTRAINT pk_calendar_event_calendar_category PRIMARY KEY (event_key, category_id)
    )
    """,
    """
    CREATE INDEX ix_calendar_event_calendar_category_category_id
      ON calendar_event_calendar_category (category_id)
    """,
    """
    CREATE TABLE sync_state (
      slice_id BIGINT IDENTITY(1, 1) NOT NULL CONSTRAINT pk_sync_state PRIMARY KEY,
      user_id NVARCHAR(128) COLLATE Latin1_General_BIN2 NOT NULL,
      calendar_id NVARCHAR(400) COLLATE Latin1_General_BIN2 NOT NULL,
      window_start NVARCHAR(40) COLLATE Latin1_General_BIN2 NOT NULL,
      window_end NVARCHAR(40) COLLATE Latin1_General_BIN2 NOT NULL,
      mail NVARCHAR(320) NULL,
      mode NVARCHAR(8) NULL,
      delta_link NVARCHAR(MAX) NULL,
      last_full_at NVARCHAR(40) NULL,
      last_round_at NVARCHAR(40) NULL,
      run_id BIGINT NULL,
      created_at DATETIME2(3) NOT NULL,
      updated_at DATETIME2(3) NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX ux_sync_state_slice
      ON sync_state (user_id, calendar_id, window_start, window_end)
    """,
    """
    CREATE TABLE sync_state_event (
      slice_id BIGINT NOT NULL CONSTRAINT fk_sync_state_event_slice
        REFERENCES sync_state (slice_id) ON DELETE CASCADE,
      event_key BIGINT NOT NULL CONSTRAINT fk_sync_state_event_event
        REFERENCES calendar_event (event_key) ON DELETE CASCADE,
      CONSTRAINT pk_sync_state_event PRIMARY KEY (slice_id, event_key)
    )
    """,
    "CREATE INDEX ix_sync_state_event_event_key ON sync_state_event (event_key)",
    """
    CREATE TABLE sync_run (
      run_id BIGINT IDENTITY(1, 1) NOT NULL CONSTRAINT pk_sync_run PRIMARY KEY,
      stream_run NVARCHAR(64) NULL,
      loaded_by NVARCHAR(400) NULL,
      tool_version NVARCHAR(64) NOT NULL,
      started_at DATETIME2(3) NOT NULL,
      finished_at DATETIME2(3) NULL,
      outcome NVARCHAR(64) NOT NULL,
      rounds BIGINT NOT NULL DEFAULT 0,
      events_new BIGINT NOT NULL DEFAULT 0,
      events_changed BIGINT NOT NULL DEFAULT 0,
      events_same BIGINT NOT NULL DEFAULT 0,
      events_deleted BIGINT NOT NULL DEFAULT 0,
      rejected BIGINT NOT NULL DEFAULT 0,
      errors BIGINT NOT NULL DEFAULT 0
    )
    """,
  ]
}
