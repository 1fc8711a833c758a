-- Drops all tables with everything in them, as "tt-load drop --yes" does. SQL Server and SQLite.
DROP TABLE IF EXISTS sync_state_event;
DROP TABLE IF EXISTS sync_state;
DROP TABLE IF EXISTS sync_run;
DROP TABLE IF EXISTS calendar_event_calendar_category;
DROP TABLE IF EXISTS calendar_event;
DROP TABLE IF EXISTS calendar_category;
DROP TABLE IF EXISTS calendar_user;
DROP TABLE IF EXISTS schema_version;
