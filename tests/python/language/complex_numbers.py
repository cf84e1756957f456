z = 3 + 4j
w = complex(1, -2)
print(z, w, z + w, z - w, z * w, z / w, -z, +z, abs(z), z.real, z.imag, z.conjugate(), z == 3 + 4j, z != w, z ** 2, z ** -1, 2 * z, z * 2, 1 - z, z / 2, 2 / w)
print(1j * 1j, 0j, -0j, 1.5j, complex("1+2j"), complex("3"), complex(" (2-1.5j) "), complex(2.5), complex(True), bool(0j), bool(1j), repr(1j), str(-1.5 - 2j), [1j, 2 + 0j])
print(hash(2 + 0j) == hash(2), 2 + 0j == 2, {1j: "i"}[1j], isinstance(z, complex), type(z), type(z).__name__, sum([1j, 2, 3.5]), f"{z:.2f} {z!r} {z}", round(abs(w), 3))
print(z.real.is_integer(), (1 + 1j) ** 10, 1j ** 3, (2 + 0j) ** 0.5 == 2 ** 0.5)
for f in (lambda: z < w, lambda: z // 2, lambda: z % 2, lambda: int(z), lambda: float(z), lambda: z / 0, lambda: complex("x"), lambda: complex("1", 2), lambda: z + "a", lambda: divmod(z, 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def mandel(c, n=20):
    v = 0
    for i in range(n):
        if abs(v) > 2: return i
        v = v * v + c
    return n
for y in (1.0, 0.5, 0, -0.5):
    print("".join("#" if mandel(complex(x / 8, y)) == 20 else "." for x in range(-16, 8)))
class V:
    def __complex__(self): return 1 + 2j
print(complex(V()))
