import uuid

u = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(u, repr(u), u.hex, u.int, u.bytes[:4], u.urn, u.fields, u.version, u.variant)
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.UUID(int=5))
a, b = uuid.uuid4(), uuid.uuid4()
print(a != b, a.version, len(str(a)), a == uuid.UUID(str(a)), {a: 1}[a], len(str(uuid.uuid1())), uuid.uuid1().version)
try:
    uuid.UUID("nope")
except ValueError as error:
    print(error)
