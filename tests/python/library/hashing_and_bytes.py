import base64
import binascii
import hashlib
import struct

print(hashlib.md5(b"hello").hexdigest(), hashlib.sha1(b"x").hexdigest(), hashlib.sha256(b"").hexdigest()[:16], hashlib.sha512("é".encode()).hexdigest()[:16])
h = hashlib.sha256()
h.update(b"part one")
h.update(b", part two")
print(h.hexdigest(), h.digest_size, h.name, h.digest()[:4], hashlib.new("md5", b"a").hexdigest())
try:
    hashlib.md5("text")
except TypeError as error:
    print(error)
print(base64.b64encode(b"hello world"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xff\xfe"), base64.b16encode(b"ab"), base64.b32encode(b"hi"))
try:
    base64.b64decode("abc")
except binascii.Error as error:
    print(error)
print(binascii.hexlify(b"\x01\xff"), binascii.unhexlify("01ff"), binascii.crc32(b"hello"))
print(struct.pack(">IH", 1, 2), struct.unpack("<hB", b"\x01\x00\x05"), struct.calcsize("!IHB"), struct.pack("4s?", b"ab", True))
try:
    struct.pack(">B", 300)
except struct.error as error:
    print("struct.error")
