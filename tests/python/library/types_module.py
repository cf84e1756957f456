import types
from types import MappingProxyType, SimpleNamespace

ns = SimpleNamespace(a=1, b="x")
ns.c = [1]
print(ns, ns.a, ns == SimpleNamespace(a=1, b="x", c=[1]), vars(ns))
proxy = MappingProxyType({"k": 1})
print(proxy["k"], proxy, len(proxy), list(proxy), "k" in proxy, proxy.get("z", 0))
try:
    proxy["k"] = 2
except TypeError as error:
    print(error)


def f(): ...
def g(): yield
async def c(): ...


coroutine = c()
print(isinstance(f, types.FunctionType), isinstance(g(), types.GeneratorType), isinstance(coroutine, types.CoroutineType), isinstance(len, types.BuiltinFunctionType), isinstance(ns.c.append, types.BuiltinMethodType), isinstance(None, types.NoneType))
coroutine.close()


class A:
    def m(self): return 1


print(isinstance(A().m, types.MethodType), types.MethodType(lambda self: self.x, SimpleNamespace(x=5))(), isinstance(lambda: 0, types.LambdaType))
B = types.new_class("B", (A,), {}, lambda namespace: namespace.update(v=3))
print(B().m(), B.v, B.__name__)
