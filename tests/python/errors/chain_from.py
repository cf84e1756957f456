class ConfigError(Exception):
    pass

def read(raw):
    try:
        return int(raw)
    except ValueError as error:
        raise ConfigError(f"bad value {raw!r}") from error

def load():
    return read("abc")

load()
