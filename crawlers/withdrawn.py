"""Known notices that are no longer at their addresses: when that is believed."""

from __future__ import annotations

from crawlers.known import Known
from crawlers.run import Run

_MANY = 5  # so many that lead away, and not one in its place: the portal is being worked on
_CERTAIN = (404, 410)


class Withdrawn:
    """Records notices as gone.

    404 and 410 are believed at once. A page that says there is none, or a way to the home page, may be what
    a portal in maintenance answers to everything: believed as soon as any notice is in its place.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._doubted: list[tuple[Known, str]] = []
        self._is_portal_well = False

    def add(self, known: Known, reason: str, status: int) -> None:
        """A known notice was not at its address."""
        if self._is_portal_well or status in _CERTAIN:
            self.run.gone(known.url, reason)
        else:
            self._doubted.append((known, reason))

    def portal_is_well(self) -> None:
        """A notice was in its place."""
        self._is_portal_well = True
        doubted, self._doubted = self._doubted, []
        for known, reason in doubted:
            self.run.gone(known.url, reason)

    def end(self) -> None:
        """Decide what is still in doubt: a few notices are gone, many at one time are a fault."""
        if len(self._doubted) < _MANY:
            self.portal_is_well()
            return
        first, why = self._doubted[0]
        self.run.note(
            f"{self.run.portal.id}: not one notice that was looked at is in its place, such as {first.url} "
            f"({why}): taken for a fault of the portal, and none of {len(self._doubted)} for withdrawn"
        )
        for known, reason in self._doubted:
            self.run.reject_notice(known, reason)
