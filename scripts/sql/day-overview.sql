-- Minutes by person, local day, project and activity. Runs on SQL Server and on SQLite.
-- An event with several projects counts in full in each: tt-report shares its time instead.
SELECT e.user_email, SUBSTRING(CAST(e.start_local AS VARCHAR(30)), 1, 10) AS local_day, p.name AS project, a.name AS activity,
  COUNT(*) AS events, SUM(e.minutes) AS minutes
FROM calendar_event e
LEFT JOIN (
  SELECT l.event_key, c.name
  FROM calendar_event_calendar_category l
  INNER JOIN calendar_category c ON c.category_id = l.category_id
  WHERE c.is_project = 1
) p ON p.event_key = e.event_key
LEFT JOIN (
  SELECT l.event_key, c.name
  FROM calendar_event_calendar_category l
  INNER JOIN calendar_category c ON c.category_id = l.category_id
  WHERE c.is_activity = 1
) a ON a.event_key = e.event_key
WHERE e.is_deleted = 0 AND e.is_cancelled = 0 AND e.is_all_day = 0
  AND COALESCE(e.response, '') <> 'declined'
  AND COALESCE(e.show_as, '') <> 'free'
  AND COALESCE(e.event_type, '') <> 'seriesMaster'
  AND e.start_local >= '2026-11-01 00:00:00'
  AND e.start_local < '2026-12-01 00:00:00'
GROUP BY e.user_email, SUBSTRING(CAST(e.start_local AS VARCHAR(30)), 1, 10), p.name, a.name
ORDER BY e.user_email, local_day, project, activity;
