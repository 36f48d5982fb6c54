"""Sample portals on loopback, shipped with the project: `make run` and the tests crawl them.

Province, cities, numbers and texts are invented, and every page says so. Four systems that real portals
run on are imitated: TRS WCM, Hanweb JCMS, Boda VSB and gkmlpt.
"""

from samples.notice import Notice
from samples.world import SamplesUnavailable, SampleWorld, serve

__all__ = ["Notice", "SampleWorld", "SamplesUnavailable", "serve"]
