import textwrap

text = "The quick brown fox jumped over the lazy dog. It was a well-known, self-contained story about asynchronous programming."
print(textwrap.fill(text, 40))
print(textwrap.wrap(text, 30))
print(textwrap.dedent("""
    def f():
        return 1

      odd
    """))
print(textwrap.indent("a\n\nb\n", "> "), textwrap.indent("a\n\nb", "* ", lambda line: True))
print(textwrap.shorten("Hello big wide world", width=12), textwrap.shorten("Hello world", width=11), textwrap.shorten("Hello  world foo", 10, placeholder="..."))
print(textwrap.fill("word " * 5, 12, initial_indent="- ", subsequent_indent="  "))
print(textwrap.wrap("averyveryverylongwordindeed short", 10), textwrap.wrap("", 5), textwrap.wrap("a  b   c", 3))
print(textwrap.wrap("one two three four", 9, max_lines=2), textwrap.fill("x y", 1))
print(textwrap.dedent("  a\n    b\n  c") == "a\n  b\nc", repr(textwrap.dedent("\ta\n\tb")))
