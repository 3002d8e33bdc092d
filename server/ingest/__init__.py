"""What comes in from outside: fact-check articles, read into quotes and their checks.

Whatever is read keeps the evidence: for each field the snippet of the source that it came from.
"""

from server.ingest.article import MAX_ARTICLE_BYTES, read_article
from server.ingest.reading import ArticleReading, NotAFactCheck, QuoteReading

__all__ = ["MAX_ARTICLE_BYTES", "ArticleReading", "NotAFactCheck", "QuoteReading", "read_article"]
