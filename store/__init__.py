"""JSON documents on disk: an append-only journal and a disposable index. Knows records, never a case.

What stands in a store's folder (anything else there is somebody else's and left alone):

========================  =========================================================================
``store.json``            the manifest: which segments make up the store; replaced in one step
``log/000001.jsonl``      the journal, one line per version of a record; the last segment grows
``archive/``              segments that compaction has put behind it: history only
``torn/``                 what writes left that never finished; kept, never read
``head.json``             how far the journal was acknowledged; may be lost
``index.sqlite``          where each record's newest line stands; may be lost (``index.seal``: its state)
``writer.lock``           held while writing (``writer.json``: by whom, since when)
``tmp/``                  work under way; swept at the next start
``backups/``              made before an upgrade
``damaged-…/``            originals of what a repair replaced, byte for byte
``replaced-…/``           what a restore put aside
========================  =========================================================================
"""
