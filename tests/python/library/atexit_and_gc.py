import atexit
import gc


def goodbye(name, punctuation="."):
    print(f"goodbye {name}{punctuation}")


@atexit.register
def last():
    print("registered first, called last")


atexit.register(goodbye, "world", punctuation="!")
atexit.register(goodbye, "unregistered")
atexit.unregister(goodbye)
atexit.register(goodbye, "again")
print(gc.isenabled(), gc.collect() >= 0)
gc.disable()
gc.enable()
print("end of main")
