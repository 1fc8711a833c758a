"""Sums minutes by person, project and day with DuckDB. usage: duckdb-hours.py FILE"""
import sys

import duckdb

print(len(duckdb.sql(f"""
  SELECT mail, categories[1] AS project, startLocal[:10] AS day, sum(minutes)
  FROM read_ndjson('{sys.argv[1]}', columns = {{record: 'VARCHAR', mail: 'VARCHAR',
    categories: 'VARCHAR[]', startLocal: 'VARCHAR', minutes: 'DOUBLE', showAs: 'VARCHAR',
    isCancelled: 'BOOLEAN'}}, maximum_object_size = 16777216)
  WHERE showAs <> 'free' AND NOT isCancelled GROUP BY ALL ORDER BY ALL""").fetchall()))
