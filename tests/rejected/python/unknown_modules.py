import numpy as np
import asynico
from requests import get
from . import sibling

try:
    import uvloop
except ImportError:
    uvloop = None
