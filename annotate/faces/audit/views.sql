-- The tables of an audit as views. In the audit's folder:  duckdb -init views.sql
CREATE OR REPLACE VIEW articles AS SELECT * FROM read_parquet('articles/part-*.parquet');
CREATE OR REPLACE VIEW findings AS SELECT * FROM read_parquet('findings/part-*.parquet');
CREATE OR REPLACE VIEW disclosures AS SELECT * FROM read_parquet('disclosures/part-*.parquet');
CREATE OR REPLACE VIEW claims AS SELECT * FROM read_parquet('claims/part-*.parquet');
CREATE OR REPLACE VIEW entities AS SELECT * FROM read_parquet('entities/part-*.parquet');
CREATE OR REPLACE VIEW errors AS SELECT * FROM read_parquet('errors/part-*.parquet');
-- Articles with copies. `cluster` is the key of the earliest of them.
CREATE OR REPLACE VIEW copies AS SELECT * FROM read_parquet('copies.parquet');
-- Every story once: of copies, the earliest, with the outlets that carried it.
CREATE OR REPLACE VIEW stories AS
SELECT a.*, coalesce(c.copies, 1) AS copies, coalesce(c.outlets, [a.outlet]) AS outlets
FROM articles a LEFT JOIN (
  SELECT cluster, count(*) AS copies, list_sort(list_distinct(list(outlet))) AS outlets
  FROM copies JOIN articles USING (article) GROUP BY cluster
) c ON c.cluster = a.article
WHERE a.article NOT IN (SELECT article FROM copies WHERE article <> cluster);
