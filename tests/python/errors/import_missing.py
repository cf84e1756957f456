try:
    import numpyy
except ImportError:
    raise
