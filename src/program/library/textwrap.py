"""textwrap."""

_SPACE = '\t\n\x0b\x0c\r '


def _chunks(text):
    """Words and the white space between them; a word may be split after its hyphens."""
    chunks = []
    at = 0
    while at < len(text):
        end = at
        if text[at] in _SPACE:
            while end < len(text) and text[end] in _SPACE:
                end += 1
            chunks.append(text[at:end])
        else:
            while end < len(text) and text[end] not in _SPACE:
                end += 1
            chunks.extend(_at_hyphens(text[at:end]))
        at = end
    return chunks


def _at_hyphens(word):
    parts = []
    start = 0
    at = 1
    while at < len(word) - 1:
        dash = word.startswith('--', at)
        if dash:
            end = at
            while end < len(word) and word[end] == '-':
                end += 1
            if at > start and (word[at - 1].isalnum() or word[at - 1] in '!"\'&.,?_') and \
                    end < len(word) and (word[end].isalnum() or word[end] == '_'):
                parts.append(word[start:at])
                parts.append(word[at:end])
                start = end
            at = end
        elif word[at] == '-' and _is_letter(word[at - 1]) and _is_letter(word[at + 1]) and (
            at - start >= 2 and _is_letter(word[at - 2]) or
            at + 2 < len(word) and _is_letter(word[at + 2]) and at - start >= 1 and
            (at - start < 2 or word[at - 2] == '-')
        ):
            parts.append(word[start:at + 1])
            start = at + 1
        at += 1
    parts.append(word[start:])
    return [part for part in parts if part]


def _is_letter(char):
    return char.isalpha() or char == '_'


class TextWrapper:
    """Breaks text into lines."""

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True,
                 replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None,
                 placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _split(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(char): ' ' for char in _SPACE})
        if self.break_on_hyphens:
            return _chunks(text)
        chunks = []
        for chunk in _chunks(text):
            if chunks and chunk[0] not in _SPACE and chunks[-1][0] not in _SPACE:
                chunks[-1] += chunk
            else:
                chunks.append(chunk)
        return chunks

    def _fix_endings(self, chunks):
        for at in range(len(chunks) - 1):
            word = chunks[at].rstrip('"\'')
            if chunks[at + 1] == ' ' and word[-1:] in ('.', '!', '?') and word[-2:-1].islower():
                chunks[at + 1] = '  '

    def wrap(self, text):
        chunks = self._split(text)
        if self.fix_sentence_endings:
            self._fix_endings(chunks)
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        chunks.reverse()
        while chunks:
            line, length = [], 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == '' and lines:
                del chunks[-1]
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._long_word(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == '':
                length -= len(line[-1])
                del line[-1]
            if not line:
                continue
            fits = self.max_lines is None or len(lines) + 1 < self.max_lines or (
                not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            ) and length <= width
            if fits:
                lines.append(indent + ''.join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= width:
                    lines.append(indent + ''.join(line) + self.placeholder)
                    break
                length -= len(line[-1])
                del line[-1]
            else:
                if lines:
                    before = lines[-1].rstrip()
                    if len(before) + len(self.placeholder) <= self.width:
                        lines[-1] = before + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def _long_word(self, chunks, line, length, width):
        room = max(width - length, 1) if width >= 1 else 1
        if self.break_long_words:
            end = room
            word = chunks[-1]
            if self.break_on_hyphens and len(word) > room:
                hyphen = word.rfind('-', 0, room)
                if hyphen > 0 and any(char != '-' for char in word[:hyphen]):
                    end = hyphen + 1
            line.append(word[:end])
            chunks[-1] = word[end:]
        elif not line:
            line.append(chunks.pop())

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a text."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A text broken into lines."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The beginning of a text, on one line."""
    wrapper = TextWrapper(width=width, max_lines=1, **kwargs)
    return wrapper.fill(' '.join(text.strip().split()))


def dedent(text):
    """Takes away the white space that all lines begin with."""
    lines = text.split('\n')
    margin = None
    for at, line in enumerate(lines):
        if not line.strip(' \t'):
            lines[at] = ''
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        else:
            common = 0
            while common < min(len(margin), len(indent)) and margin[common] == indent[common]:
                common += 1
            margin = margin[:common]
    if margin:
        lines = [line[len(margin):] if line else line for line in lines]
    return '\n'.join(lines)


def indent(text, prefix, predicate=None):
    """Puts something before each line that is not empty."""
    if predicate is None:
        def predicate(line):
            return not line.isspace()
    return ''.join(
        prefix + line if predicate(line) else line for line in text.splitlines(True)
    )
