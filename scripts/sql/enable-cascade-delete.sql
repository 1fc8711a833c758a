-- Makes links go with their events again, where somebody replaced the foreign key by one that refuses.
-- T-SQL only: SQLite's tables have it from the start, and a key can't be changed there.
IF EXISTS (
  SELECT 1 FROM sys.foreign_keys WHERE name = N'fk_calendar_event_calendar_category_event'
)
  ALTER TABLE calendar_event_calendar_category
    DROP CONSTRAINT fk_calendar_event_calendar_category_event;

ALTER TABLE calendar_event_calendar_category
  ADD CONSTRAINT fk_calendar_event_calendar_category_event
  FOREIGN KEY (event_key) REFERENCES calendar_event (event_key) ON DELETE CASCADE;
