"""stub"""
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Figure:
    start: int
    end: int
    op: str
    value: str
    unit: str
    subject: str
    rule: str
def read_targets(text, spans, dues, rhythms):
    return []
