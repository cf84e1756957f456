import string
from string import Template

print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.hexdigits, string.octdigits)
print(repr(string.punctuation), repr(string.whitespace), len(string.printable), len(string.ascii_letters))
t = Template("Hello $name, you owe $$${amount}!")
print(t.substitute(name="Bob", amount=5), t.safe_substitute(name="Al"), t.substitute({"name": "x", "amount": 0}))
print(string.capwords("hello big world"), t.template)
for text in ("$x $missing", "cost $", "$1"):
    try:
        print(Template(text).substitute(x=1))
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
print(Template("$a ${b}").get_identifiers(), Template("$$").is_valid(), Template("$").is_valid())
