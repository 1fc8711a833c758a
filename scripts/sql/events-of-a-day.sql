-- The events of one day (UTC) with their categories; deleted ones left out.
-- Runs on SQL Server and on SQLite. Change the two dates.
SELECT e.user_email, e.start_date, e.end_date, e.minutes, e.subject, c.name AS category
FROM calendar_event e
LEFT JOIN calendar_event_calendar_category l ON l.event_key = e.event_key
LEFT JOIN calendar_category c ON c.category_id = l.category_id
WHERE e.is_deleted = 0
  AND e.start_date >= '2026-11-23 00:00:00'
  AND e.start_date < '2026-11-24 00:00:00'
ORDER BY e.user_email, e.start_date, e.event_key, c.name;
