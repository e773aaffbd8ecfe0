"""The editors' page and the REST API: `annotate serve`.

`app` puts it together from `pages` and `api`; `service` checks through the worker processes of `pool`, whose jobs are
in `work`; `storage` keeps drafts and decisions; `security` and `observation` stand around everything.
"""
