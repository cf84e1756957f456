# What is called is looked up before its arguments are evaluated.
class A:
    def __init__(self): self.own = print
    def method(self, *a): print('method', a)
    @property
    def prop(self):
        print('prop read')
        return lambda *a: print('prop called', a)
    def __getattr__(self, name):
        print('getattr', name)
        if name == 'no': raise AttributeError(name)
        return lambda *a: print('called', name, a)
def arg(n):
    print('arg', n)
    return n
a = A()
a.method(arg(1), arg(2))
a.prop(arg(1))
a.dynamic(arg(1))
a.own(arg(1))
for f in (lambda: a.no(arg(1)), lambda: None.x(arg(2)), lambda: [].push(arg(3)), lambda: (1).foo(1/0), lambda: A.nope(arg(1)), lambda: print.x(arg(1)),
          lambda: a.method.x(
              arg(3))):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class B(A):
    def method(self, *a):
        super().method(arg('b'))
        super().nothing(arg('c'))
b = B()
try: b.method(arg(0))
except AttributeError as e: print(e)
import asyncio
async def main():
    q = asyncio.Queue()
    try: q.putt(arg(1))
    except AttributeError as e: print(e)
    q.put_nowait(arg(2))
    try: getattr(asyncio, "x" * 1).y(arg(1))
    except AttributeError as e: print(e)
    x = [3]
    x.append(x.append(arg(4)) or x.pop())
    print(x)
    t = a.method
    a.method = lambda *z: print('replaced', z)
    a.method(arg(5))
    def swap():
        a.method = t
        return 'swap'
    a.method(swap())
    a.method(arg(6))
asyncio.run(main())
