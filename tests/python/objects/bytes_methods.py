b = b"hello world"
print(b, len(b), b[0], b[-1], b[1:4], b[::-1], b + b"!", b * 2, b"lo" in b, 104 in b, list(b[:3]), b == b"hello world", hash(b"a") == hash(b"a"))
print(b.upper(), b.title(), b.find(b"o"), b.count(b"l"), b.replace(b"l", b"L"), b.split(), b.split(b"o"), b" x ".strip(), b.startswith(b"he"), b.endswith((b"x", b"ld")))
print(b.hex(), bytes.fromhex("68 69"), b"a,b".partition(b","), b"-".join([b"a", b"b"]), b.index(b"w"), b"5".zfill(3), b"a".center(5, b"*"), b"ab".isalpha(), b"12".isdigit())
print(bytes(3), bytes([65, 66]), bytes("é", "utf-8"), b"\xc3\xa9".decode(), bytes(b"x"), bytes(range(5)), b"\x00\xff\n\t\\'", b'"', b"a\"'")
print(sorted(b"cab"), max(b"abc"), b"abc" < b"abd", b"a" != "a", [x for x in b"ab"], b"ab".hex("-", 1))
print(b"A".lower(), b"a b".splitlines(), b"l1\nl2".splitlines(), int(b"42"), float(b"1.5"), str(b"x", "ascii"), b"".join([]), bytes() == b"", bool(b""), b"x" * 0)
for f in (lambda: b"a" + "b", lambda: b[100], lambda: bytes("x"), lambda: b"\xff".decode("ascii"), lambda: bytes([300]), lambda: b.index(b"zz"), lambda: bytes.fromhex("xz"), lambda: b"a".join(["s"]), lambda: "a" in b"abc", lambda: b["a"]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
