"""Many articles: from a folder of drafts to the WARC files of a crawl, on one machine or on a cluster.

    plan      inputs → shards, each a list of documents named by what they hold
    work      shard in → shard out: the pure function, with `tables` for what it writes and `gate` for what it skips
    cluster   shards to Dask workers; `quarantine` finds the article that kills them
    finish    copies of one story found, views and manifest written
    report, compare, review      what an audit shows, two audits, and how right it is

The README beside this file is the user's.
"""
