class A:
    def hi(self): return ["A"]
    @classmethod
    def c(cls): return [cls.__name__, "A.c"]
    @property
    def p(self): return "A.p"
class B(A):
    def hi(self): return ["B"] + super().hi()
    @classmethod
    def c(cls): return ["B.c"] + super().c()
    @property
    def p(self): return "B.p>" + super().p
class C(A):
    def hi(self): return ["C"] + super().hi()
    @classmethod
    def c(cls): return ["C.c"] + super().c()
    @property
    def p(self): return "C.p>" + super().p
class D(B, C):
    def hi(self): return ["D"] + super().hi()
    @classmethod
    def c(cls): return ["D.c"] + super().c()
    @property
    def p(self): return "D.p>" + super().p
d = D(); print(d.hi(), D.c(), d.c(), d.p, [k.__name__ for k in D.__mro__], B().hi())
class E(D):
    def hi(self):
        f = lambda: super(E, self).hi()
        return ["E"] + f() + [x for x in super().hi()][:1]
print(E().hi())
class Cooperative:
    def __init__(self, **kw):
        super().__init__(**kw)
class Named(Cooperative):
    def __init__(self, name, **kw): super().__init__(**kw); self.name = name
class Aged(Cooperative):
    def __init__(self, age, **kw): super().__init__(**kw); self.age = age
class Person(Named, Aged): pass
p = Person(name="x", age=3); print(p.name, p.age, vars(p))
try: Person(name="x", age=1, extra=2)
except TypeError as e: print(e)
class Private:
    def __init__(self): self.__x = 1; self._y = 2
    def get(self): return self.__x
    def __helper(self): return "private"
    def call(self): return self.__helper()
class Sub(Private):
    def __init__(self): super().__init__(); self.__x = 5
    def both(self): return self.__x, self.get()
s = Sub(); print(s.both(), sorted(vars(s)), s.call(), s._Private__helper())
try: s.__x
except AttributeError as e: print(e)
class Base:
    def template(self): return self.step1() + self.step2()
    def step1(self): return "base1 "
    def step2(self): raise NotImplementedError("step2 needed")
class Impl(Base):
    def step2(self): return "impl2"
print(Impl().template())
try: Base().template()
except NotImplementedError as e: print(repr(e))
class Meta: pass
class X(Meta): attr = "x"
class Y(X): pass
print(Y.attr, "attr" in Y.__dict__, "attr" in X.__dict__, hasattr(Y, "attr")); Y.attr = "y"; print(X.attr, Y.attr); del Y.attr; print(Y.attr)
print(super(B, d).hi(), super(C, d).p, isinstance(super(B, d), super)); o = object(); print(type(o).__name__, isinstance(o, object), o == o, bool(o))
try: super().x
except RuntimeError as e: print(e)
