def f(*args): pass
f(*5)
