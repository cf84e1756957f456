name, value, pi = "World", 42, 3.14159
print(f"Hello {name}! {value} {pi:.2f} {value:>6}|{value:<6}|{value:^6}|{value:06d}")
print(f"{name!r} {name!s:>10} {value:#x} {value:b} {value:o} {value:,} {1234567:_}")
print(f"{value=} {value = } {name=!s} {pi=:.1f} {value+1=}")
width, precision = 10, 3
print(f"[{pi:{width}.{precision}f}] [{name:*^{width}}]")
print(f"{'nested ' + f'{value}'} {{braces}} {value}{name}")
print(f"{'a' if value else 'b'} {[x for x in range(3)]} {({'k': 1})['k'] if value else 'x'}")
print(f"""multi
{name}
line""")
print(f"{1e10} {1e16} {1.0} {0.1 + 0.2} {1e-5} {float('inf')} {-0.0}")
print(f"{True} {None} {[1, 'a']} {(1,)} {{}} {set()}")
print("%s %d %.2f %r %5s|%-5s|%05d %x %%" % ("s", 5, 2.5, "r", "ab", "cd", 42, 255))
print("{} {1} {name}".format("a", "b", name="n") if False else "{0} {1} {0} {name}".format("a", "b", name="n"))
print("{:>5}|{:<5}|{:^5}".format(1, 2, 3), "{!r}".format("q"), "{0[1]} {1.real}".format([1, 2], 3))
print(f"{value:e} {pi:g} {0.5:%} {1234.5:,.2f} {-5:+d} {5:+d} {5: d}")
print(f"{name:.3} {name:>{len(name) + 2}} {'é':>3}")
print(f'{"quotes inside"} {name["W" == "W" and 0]}')
print(f"{name}" f"{value}" " plain " f"{pi:.0f}")
print(rf"\n {name}", f"\t|{name}\x41")
print(f"{'':5}|{'x':5}|{5:5}|{2.5:5}")
print(f"{value!r:>5} {str(value).zfill(5)} {hex(value)} {bin(5)} {oct(8)}")
print(f"{10**20} {-7 // 2} {-7 % 3} {7 / 2} {2 ** -1} {divmod(-7, 2)}")

