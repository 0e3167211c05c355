"""What parsers written for friendly input raise by accident.

Not `Exception`: the signal by which a worker's time limit ends a task is one, and has to pass.
"""

import re
from xml.sax import SAXException

ACCIDENTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    SAXException,
    TypeError,
    ValueError,
    re.error,
)
