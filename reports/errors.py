"""What can go wrong with a report; each message says what helps."""


class WrongWeek(Exception):
    """The week asked for is not one."""


class WrongRecipients(Exception):
    """The file of recipients cannot be used; the message names the file, the entry and what is expected."""


class UnknownUnit(Exception):
    """No task names the unit that was asked for; the message names similar ones."""


class UnknownRegion(Exception):
    """No notice is of the region that was asked for, and no gazetteer has it; similar ones are named."""


class NoPdf(Exception):
    """The PDF could not be made; everything else was."""


class NotDelivered(Exception):
    """Some readers did not get the digest; the message names each address and the server's reason."""
