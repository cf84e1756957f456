"""string."""

ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))


class Template:
    """Text with $names in it."""

    delimiter = '$'

    def __init__(self, template):
        self.template = template

    def _parts(self):
        """The text between, and what is to be replaced: (kind, text, name)."""
        text = self.template
        start = 0
        mark = self.delimiter
        while True:
            at = text.find(mark, start)
            if at < 0:
                yield 'text', text[start:], None
                return
            yield 'text', text[start:at], None
            after = at + len(mark)
            if text.startswith(mark, after):
                yield 'escaped', mark, None
                start = after + len(mark)
                continue
            braced = text.startswith('{', after)
            first = after + braced
            end = first
            while end < len(text) and (
                text[end] == '_' or text[end].isascii() and
                (text[end].isalpha() or end > first and text[end].isdigit())
            ):
                end += 1
            closed = not braced or text.startswith('}', end)
            if end == first or not closed:
                yield 'invalid', mark, after
                start = after
                continue
            stop = end + braced
            yield 'named', text[at:stop], text[first:end]
            start = stop

    def _invalid(self, at):
        lines = self.template[:at].splitlines(keepends=True)
        if not lines:
            line, column = 1, 1
        else:
            column = at - len(''.join(lines[:-1]))
            line = len(lines)
        raise ValueError(f'Invalid placeholder in string: line {line}, col {column}')

    def substitute(self, mapping={}, /, **kws):
        result = []
        for kind, text, name in self._parts():
            if kind == 'named':
                result.append(str(kws[name] if name in kws else mapping[name]))
            elif kind == 'invalid':
                self._invalid(name)
            else:
                result.append(text)
        return ''.join(result)

    def safe_substitute(self, mapping={}, /, **kws):
        result = []
        for kind, text, name in self._parts():
            if kind == 'named':
                if name in kws:
                    text = str(kws[name])
                elif name in mapping:
                    text = str(mapping[name])
            result.append(text)
        return ''.join(result)

    def is_valid(self):
        return all(kind != 'invalid' for kind, _, _ in self._parts())

    def get_identifiers(self):
        names = []
        for kind, _, name in self._parts():
            if kind == 'named' and name not in names:
                names.append(name)
        return names


class Formatter:
    """str.format() as an object."""

    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
