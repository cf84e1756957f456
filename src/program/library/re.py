"""re: patterns are searched by an engine of its own, which has nearly all of Python's syntax."""
from _re import compile as _native, search as _search
from enum import IntFlag as _IntFlag


class RegexFlag(_IntFlag):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128

    def __repr__(self):
        names = [f're.{one.name}' for one in type(self) if one.value and one.value & self.value]
        return '|'.join(names) or 're.NOFLAG'

    __str__ = __repr__


NOFLAG = RegexFlag.NOFLAG
ASCII = A = RegexFlag.ASCII
IGNORECASE = I = RegexFlag.IGNORECASE
LOCALE = L = RegexFlag.LOCALE
UNICODE = U = RegexFlag.UNICODE
MULTILINE = M = RegexFlag.MULTILINE
DOTALL = S = RegexFlag.DOTALL
VERBOSE = X = RegexFlag.VERBOSE
DEBUG = RegexFlag.DEBUG


class PatternError(Exception):
    """A pattern that is none."""

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        if pattern is not None and pos is not None:
            msg = f'{msg} at position {pos}'
            self.lineno = pattern.count('\n', 0, pos) + 1
            self.colno = pos - pattern.rfind('\n', 0, pos)
            if '\n' in pattern:
                msg = f'{msg} (line {self.lineno}, column {self.colno})'
        super().__init__(msg)


error = PatternError
_cache = {}


class Match:
    """Where a pattern was found."""

    def __init__(self, pattern, text, spans, pos, endpos):
        self.re, self.string, self.pos, self.endpos = pattern, text, pos, endpos
        self._spans = spans

    def _group(self, which):
        if isinstance(which, str):
            at = self.re.groupindex.get(which)
        else:
            at = which.__index__() if hasattr(which, '__index__') else None
        if at is None or not 0 <= at < len(self._spans):
            raise IndexError('no such group')
        return at

    def _text(self, at, default=None):
        start, end = self._spans[at]
        return default if start < 0 else self.string[start:end]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        found = tuple(self._text(self._group(one)) for one in groups)
        return found[0] if len(found) == 1 else found

    def __getitem__(self, which):
        return self._text(self._group(which))

    def groups(self, default=None):
        return tuple(self._text(at, default) for at in range(1, len(self._spans)))

    def groupdict(self, default=None):
        return {name: self._text(at, default) for name, at in self.re.groupindex.items()}

    def start(self, group=0, /):
        return self._spans[self._group(group)][0]

    def end(self, group=0, /):
        return self._spans[self._group(group)][1]

    def span(self, group=0, /):
        return self._spans[self._group(group)]

    @property
    def lastindex(self):
        last, end = None, -1
        for at in range(1, len(self._spans)):
            if self._spans[at][1] > end:
                last, end = at, self._spans[at][1]
        return last

    @property
    def lastgroup(self):
        for name, at in self.re.groupindex.items():
            if at == self.lastindex:
                return name
        return None

    def expand(self, template):
        return ''.join(
            part if isinstance(part, str) else self._text(part, '')
            for part in _template(self.re, template)
        )

    def __repr__(self):
        return f'<re.Match object; span={self.span()}, match={self.group()!r}>'

    def __bool__(self):
        return True

    def __copy__(self):
        return self


_ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', 'f': '\f', 'v': '\v', 'a': '\a', 'b': '\b', '\\': '\\'}


def _template(pattern, template):
    """The parts of a replacement: texts and numbers of groups."""
    parts = []
    at = 0
    while at < len(template):
        end = template.find('\\', at)
        if end < 0:
            parts.append(template[at:])
            break
        parts.append(template[at:end])
        char = template[end + 1:end + 2]
        at = end + 2
        if char == 'g':
            close = template.find('>', at)
            if template[at:at + 1] != '<':
                raise PatternError('missing <', template, at)
            if close < 0:
                raise PatternError('missing >, unterminated name', template, at + 1)
            name = template[at + 1:close]
            if name.isdigit():
                number = int(name)
                if number > pattern.groups:
                    raise PatternError('invalid group reference ' + name, template, at + 1)
            elif name in pattern.groupindex:
                number = pattern.groupindex[name]
            elif not name.isidentifier():
                raise PatternError(f'bad character in group name {name!r}', template, at + 1)
            else:
                raise IndexError(f'unknown group name {name!r}')
            parts.append(number)
            at = close + 1
        elif char == '0':
            parts.append('\0')
        elif char.isdigit():
            digits = char
            if template[at:at + 1].isdigit():
                digits += template[at]
                at += 1
            if int(digits) > pattern.groups:
                raise PatternError('invalid group reference ' + digits, template, end + 1)
            parts.append(int(digits))
        elif char in _ESCAPES and char:
            parts.append(_ESCAPES[char])
        elif char.isalpha() and char.isascii():
            raise PatternError('bad escape \\' + char, template, end)
        elif char:
            parts.append('\\' + char)
        else:
            raise PatternError('bad escape (end of pattern)', template, end)
    return parts


class Pattern:
    """A pattern, compiled."""

    def __init__(self, pattern, flags):
        found = _native(pattern, int(flags))
        if found[0] is None:
            raise PatternError(found[1], pattern, found[2])
        self._native, self.groups, names = found
        self.pattern, self.flags = pattern, int(flags) | 32
        self.groupindex = {name: at for at, name in enumerate(names) if name}

    def _find(self, how, string, pos, endpos):
        if not isinstance(string, str):
            raise TypeError(
                f"expected string or bytes-like object, got '{type(string).__name__}'"
            )
        endpos = len(string) if endpos is None else max(min(endpos, len(string)), 0)
        pos = max(min(pos, len(string)), 0)
        spans = _search(self._native, how, string, pos, endpos)
        return None if spans is None else Match(self, string, spans, pos, endpos)

    def search(self, string, pos=0, endpos=None):
        return self._find(0, string, pos, endpos)

    def match(self, string, pos=0, endpos=None):
        return self._find(1, string, pos, endpos)

    def fullmatch(self, string, pos=0, endpos=None):
        return self._find(2, string, pos, endpos)

    def finditer(self, string, pos=0, endpos=None):
        # After an empty match the next one must not be empty at the same place.
        advance = False
        while True:
            found = self._find(0, string, pos, endpos)
            if found is not None and advance and found.end() == found.start() == pos:
                found = self._find(0, string, pos + 1, endpos) if pos < len(string) else None
            if found is None:
                return
            yield found
            pos = found.end()
            advance = found.start() == pos

    def findall(self, string, pos=0, endpos=None):
        found = []
        for match in self.finditer(string, pos, endpos):
            if self.groups == 0:
                found.append(match.group())
            elif self.groups == 1:
                found.append(match._text(1, ''))
            else:
                found.append(match.groups(''))
        return found

    def split(self, string, maxsplit=0):
        parts = []
        start = 0
        for match in self.finditer(string):
            if maxsplit and len(parts) >= maxsplit * (self.groups + 1):
                break
            parts.append(string[start:match.start()])
            parts.extend(match.groups())
            start = match.end()
        parts.append(string[start:])
        return parts

    def subn(self, repl, string, count=0):
        if not callable(repl):
            template = _template(self, repl)
        out = []
        start = made = 0
        for match in self.finditer(string):
            if count and made >= count:
                break
            out.append(string[start:match.start()])
            if callable(repl):
                out.append(repl(match))
            else:
                out.extend(
                    part if isinstance(part, str) else match._text(part, '') for part in template
                )
            start = match.end()
            made += 1
        out.append(string[start:])
        return ''.join(out), made

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def __repr__(self):
        flags = self.flags & ~32
        shown = f', {RegexFlag(flags)!r}' if flags else ''
        return f're.compile({self.pattern[:200]!r}{shown})'

    def __eq__(self, other):
        if isinstance(other, Pattern):
            return self.pattern == other.pattern and self.flags == other.flags
        return NotImplemented

    def __hash__(self):
        return hash((self.pattern, self.flags))


def compile(pattern, flags=0):
    """The pattern, compiled."""
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if isinstance(pattern, bytes):
        raise TypeError('patterns of bytes are not simulated; decode them')
    if not isinstance(pattern, str):
        raise TypeError('first argument must be string or compiled pattern')
    key = pattern, int(flags)
    found = _cache.get(key)
    if found is None:
        found = _cache[key] = Pattern(pattern, flags)
    return found


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    special = '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'
    return ''.join('\\' + char if char in special else char for char in pattern)


def purge():
    _cache.clear()
