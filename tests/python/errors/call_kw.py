def f(alpha, beta):
    return alpha + beta
f(alpha=1, betta=2)
