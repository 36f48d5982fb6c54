"""From tables to readers: the weekly digest, the task ledger, feeds, calendars, mail and the explorer.

Everything here reads the published warehouse and nothing else. What a portal wrote is shown as text:
see `reports.text` for what that means.
"""
