from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(2) as pool:
    def outer(n):
        return pool.submit(lambda: n * 2).result() + 1

    print(pool.submit(outer, 5).result())
    order = []
    f = pool.submit(lambda: order.append("job"))
    f.add_done_callback(lambda _: order.append("callback"))
    f.result()
print(order)
