b = b"hello"
ba = bytearray(b"abc")
ba.append(100); ba.extend(b"ef"); ba += b"g"; ba[0] = 65; ba[1:3] = b"XYZ"; ba.insert(0, 33)
print(ba, len(ba), ba[0], ba[-1], ba[1:4], bytes(ba), ba.decode(), b"X" in ba, 65 in ba, ba == bytearray(b"!AXYZdefg"), ba == b"!AXYZdefg")
print(ba.pop(), ba.pop(0), ba.find(b"Z"), ba.replace(b"X", b"--"), ba.upper(), ba.hex(), ba.split(b"Y"), ba.startswith(b"A"), list(ba)[:3], ba.copy() == ba, ba.index(b"d"), ba.count(b"e"))
ba.reverse(); print(ba); del ba[0]; ba.remove(90); print(ba, bytearray(3), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray.fromhex("00ff"), bytearray(b"ab") * 2, b"a" + bytearray(b"b"), bytearray(b"a") + b"b", type(b"a" + bytearray(b"b")).__name__, type(bytearray(b"a") + b"b").__name__)
ba.clear(); print(ba, bool(ba), isinstance(ba, bytearray), type(ba))
for f in (lambda: ba.append(256), lambda: bytearray([300]), lambda: ba[5], lambda: bytearray("x"), lambda: hash(ba), lambda: ba.append("a"), lambda: bytearray(-1), lambda: ba.pop(), lambda: ba + "x"):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
m = memoryview(b"abcdef")
print(m[0], m[1:3].tobytes(), len(m), list(m[:2]), bytes(m), m.readonly, m == b"abcdef", m.nbytes, m[::-1].tobytes())
buf = bytearray(b"12345"); mv = memoryview(buf); mv[0] = 57; mv[1:3] = b"ab"; print(buf, mv.tolist())
try: m[0] = 1
except TypeError as e: print(e)
print(b[1], b[1:3], b + b"!", b * 2, b.split(b"l"), b.find(b"l"), b.upper(), b.decode("ascii"), bytes(3), bytes([65, 66]), b"%d %s" % (5, b"x"), b.hex(" "), bytes.fromhex("68 69"), b.count(b"l"), b"-".join([b"a", b"b"]), b.startswith(b"he"), list(b), b"a" < b"b", b.center(9, b"*"), b.isalpha(), b"\x00\n\t'\"\\\xff", b.partition(b"e"), sum(b), max(b), 104 in b, hash(b"a") == hash(b"a"), b"abc".rstrip(b"c"))
print("é😀".encode("utf-16-le"), "é".encode("utf-16"), b"\xff\xfea\x00".decode("utf-16"), "a".encode("utf-32-be"), "日本".encode(), b"\xe6\x97\xa5".decode("utf-8"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode(errors="ignore"))
import base64, hashlib
print(base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), hashlib.sha256(b"x").hexdigest()[:16], hashlib.md5(b"x").hexdigest(), hashlib.sha1(b"a").digest()[:3], hashlib.new("sha512", b"q").hexdigest()[:8])
