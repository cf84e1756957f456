"""pprint."""


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False,
           sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pp(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=False,
       underscore_numbers=False):
    pprint(object, stream, indent, width, depth, compact=compact, sort_dicts=sort_dicts,
           underscore_numbers=underscore_numbers)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def saferepr(object):
    return PrettyPrinter()._repr(object, 0)


def isreadable(object):
    return True


def isrecursive(object):
    return False


def _sort_key(value):
    return (str(type(value)), id(value))


class _Safe:
    """Sorts anything: what cannot be compared is sorted by type."""

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            return _sort_key(self.value) < _sort_key(other.value)


class PrettyPrinter:
    """Breaks long containers into lines."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True, underscore_numbers=False):
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not width:
            raise ValueError('width must be != 0')
        self._indent, self._width, self._depth = indent, width, depth
        self._stream = stream
        self._compact, self._sort = compact, sort_dicts
        self._underscores = underscore_numbers

    def pprint(self, object):
        if self._stream is None:
            print(self.pformat(object))
        else:
            self._stream.write(self.pformat(object) + '\n')

    def pformat(self, object):
        out = []
        self._format(object, out, 0, 0, 0)
        return ''.join(out)

    def _items(self, mapping):
        if self._sort:
            return sorted(mapping.items(), key=lambda item: _Safe(item[0]))
        return list(mapping.items())

    def _repr(self, object, level):
        cls = type(object)
        if cls is int and self._underscores:
            return f'{object:_d}'
        if cls in (dict, list, tuple) and object and self._depth and level >= self._depth:
            return {dict: '{...}', list: '[...]', tuple: '(...)'}[cls]
        if cls is dict:
            return '{' + ', '.join(
                f'{self._repr(key, level + 1)}: {self._repr(value, level + 1)}'
                for key, value in self._items(object)
            ) + '}'
        if cls is list:
            return '[' + ', '.join(self._repr(item, level + 1) for item in object) + ']'
        if cls is tuple:
            inner = ', '.join(self._repr(item, level + 1) for item in object)
            return f'({inner},)' if len(object) == 1 else f'({inner})'
        return repr(object)

    def _format(self, object, out, indent, allowance, level):
        text = self._repr(object, level)
        room = self._width - indent - allowance
        if len(text) <= room:
            out.append(text)
            return
        cls = type(object)
        level += 1
        if self._depth and level > self._depth:
            out.append(text)
        elif isinstance(object, dict) and cls.__repr__ is dict.__repr__ and object:
            out.append('{')
            if self._indent > 1:
                out.append(' ' * (self._indent - 1))
            self._format_dict(self._items(object), out, indent, allowance + 1, level)
            out.append('}')
        elif isinstance(object, list) and cls.__repr__ is list.__repr__ and object:
            out.append('[')
            self._format_items(object, out, indent, allowance + 1, level)
            out.append(']')
        elif isinstance(object, tuple) and cls.__repr__ is tuple.__repr__ and object:
            out.append('(')
            last = ',)' if len(object) == 1 else ')'
            self._format_items(object, out, indent, allowance + len(last), level)
            out.append(last)
        elif isinstance(object, (set, frozenset)) and object and \
                cls.__repr__ in (set.__repr__, frozenset.__repr__):
            if cls is set:
                out.append('{')
                last = '}'
            else:
                out.append(cls.__name__ + '({')
                last = '})'
                indent += len(cls.__name__) + 1
            items = sorted(object, key=_Safe)
            self._format_items(items, out, indent, allowance + len(last), level)
            out.append(last)
        elif cls is str and text:
            self._format_str(object, out, indent, allowance, level)
        elif hasattr(cls, '__dataclass_fields__') and \
                getattr(cls.__repr__, '__name__', '') == '__repr__':
            self._format_dataclass(object, out, indent, allowance, level)
        else:
            out.append(text)

    def _format_dict(self, items, out, indent, allowance, level):
        indent += self._indent
        between = ',\n' + ' ' * indent
        for at, (key, value) in enumerate(items):
            last = at == len(items) - 1
            shown = self._repr(key, level)
            out.append(shown + ': ')
            self._format(
                value, out, indent + len(shown) + 2, allowance if last else 1, level
            )
            if not last:
                out.append(between)

    def _format_items(self, items, out, indent, allowance, level):
        indent += self._indent
        if self._indent > 1:
            out.append((self._indent - 1) * ' ')
        between = ',\n' + ' ' * indent
        sign = ''
        room = most = self._width - indent + 1
        items = list(items)
        for at, item in enumerate(items):
            last = at == len(items) - 1
            if last:
                most -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, level)
                size = len(text) + 2
                if room < size:
                    room = most
                    if sign:
                        sign = between
                if room >= size:
                    room -= size
                    out.append(sign)
                    sign = ', '
                    out.append(text)
                    continue
            out.append(sign)
            sign = between
            self._format(item, out, indent, allowance if last else 1, level)

    def _format_str(self, text, out, indent, allowance, level):
        chunks = []
        lines = text.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        most = room = self._width - indent
        for number, line in enumerate(lines):
            shown = repr(line)
            if number == len(lines) - 1:
                room -= allowance
            if len(shown) <= room:
                chunks.append(shown)
                continue
            parts = _words(line)
            room2 = most
            current = ''
            for at, part in enumerate(parts):
                candidate = current + part
                if at == len(parts) - 1 and number == len(lines) - 1:
                    room2 -= allowance
                if len(repr(candidate)) > room2:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(chunks[0])
            return
        if level == 1:
            out.append('(')
        out.append(('\n' + ' ' * indent).join(chunks))
        if level == 1:
            out.append(')')

    def _format_dataclass(self, object, out, indent, allowance, level):
        name = type(object).__name__
        indent += len(name) + 1
        fields = [
            (one.name, getattr(object, one.name))
            for one in type(object).__dataclass_fields__.values()
            if one.repr and one._field_type == '_FIELD'
        ]
        out.append(name + '(')
        between = ',\n' + ' ' * indent
        for at, (key, value) in enumerate(fields):
            last = at == len(fields) - 1
            out.append(key + '=')
            self._format(value, out, indent + len(key) + 1, allowance if last else 1, level)
            if not last:
                out.append(between)
        out.append(')')


def _words(line):
    """Words with the white space after them."""
    parts = []
    at = 0
    while at < len(line):
        end = at
        while end < len(line) and not line[end].isspace():
            end += 1
        while end < len(line) and line[end].isspace():
            end += 1
        parts.append(line[at:end])
        at = end
    return parts
