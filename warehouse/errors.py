"""What can go wrong with the warehouse; each message names the file and the remedy."""


class WarehouseError(Exception):
    """Something about the warehouse; the message names file or check, and what helps."""


class WarehouseBusy(WarehouseError):
    """Another process writes the warehouse; the message names its process id where it is known."""


class WarehouseConflict(WarehouseBusy):
    """Another writer of the DuckLake committed first; what was to be written is worked out anew."""


class CatalogUnreachable(WarehouseError):
    """The PostgreSQL database that holds a DuckLake's catalog does not answer, or does not let us in."""


class WarehouseDamaged(WarehouseError):
    """A warehouse file cannot be opened or read."""


class NewerWarehouse(WarehouseError):
    """The warehouse file was made by newer code than this; it is left as it is."""


class NothingPublished(WarehouseError):
    """There is no published warehouse to open yet."""


class ChecksFailed(WarehouseError):
    """A check of severity `error` failed, so nothing was published; the old version stays."""


class CannotWrite(WarehouseError):
    """A file cannot be written: no room on the disk, or no permission."""


class WrongCorrection(WarehouseError):
    """A file of corrections cannot be used; the message names file, entry and key."""
