"""What can go wrong with a portal, told apart by its remedy: wait, stop, or look; and with the settings."""


class CrawlError(Exception):
    """Something about a portal; the message names portal or URL, and the cause."""


class Unreachable(CrawlError):
    """The portal did not answer; waiting may help."""


class Refused(CrawlError):
    """The portal answered and said no: robots.txt, 403, a challenge page. Never retried."""


class PageChanged(CrawlError):
    """The page no longer looks as the portal file says. A person must look; retrying is rude."""


class NoRows(PageChanged):
    """A list page in which nothing looks like a row: what is taken for the end where it was only guessed."""


class Busy(CrawlError):
    """Another crawl of the portal is under way; it will end."""


class WrongPortalFile(CrawlError):
    """A portal file cannot be used; the message names file and key."""


class WrongSetting(Exception):
    """A setting in the environment cannot be used; the message names it and says what is expected."""
