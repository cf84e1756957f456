s = "  Hello, World  "
print(s.strip(), s.lower().strip(), s.upper().strip(), s.strip().swapcase(), s.strip().title())
print("a,b,,c".split(","), " a  b ".split(), "a-b-c".split("-", 1), "a-b-c".rsplit("-", 1), "l1\nl2\r\nl3".splitlines())
print("-".join(["a", "b"]), "abc".replace("b", "x"), "aaa".replace("a", "b", 2), "abc".find("c"), "abc".find("z"), "abcabc".rindex("b"))
print("abc".startswith("ab"), "abc".endswith(("x", "c")), "abc".center(9, "*"), "abc".ljust(5) + "|", "abc".rjust(5), "42".zfill(5))
print("abc".isalpha(), "12".isdigit(), "a1".isalnum(), " ".isspace(), "Abc".istitle(), "abc".islower())
print("a=1;b=2".partition("="), "x".partition("="), "abc".rpartition("b"), "prefix_name".removeprefix("prefix_"), "file.py".removesuffix(".py"))
print("hello".count("l"), "hello".index("e"), "hello" * 2, "ell" in "hello", len("héllo"), "héllo".encode(), b"h\xc3\xa9".decode())
print("{:>10}|{:<10}|{:^10}".format("r", "l", "c"), "%-5s|%5d|%.2f" % ("a", 5, 1.234), "{a} {b}".format_map({"a": 1, "b": 2}))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\tnew\n"), ascii("é"), "\x41\u00e9\N{BULLET}")
print("abc" < "abd", sorted("hello"), list("abc"), ord("a"), chr(98), "a" "b", "".join(reversed("abc")))
print("Hello".casefold(), "x".expandtabs(), "a\tb".expandtabs(4), "translate".translate(str.maketrans("ae", "43")))
try:
    "abc".index("z")
except ValueError as e:
    print(e)
try:
    "a" + 1
except TypeError as e:
    print(e)
