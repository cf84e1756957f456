import asyncio
import time

start = time.perf_counter()
time.sleep(0.05)
print(round(time.perf_counter() - start, 1))
print(type(time.time()).__name__, type(time.time_ns()).__name__, type(time.monotonic_ns()).__name__)
print(time.gmtime(0))
print(time.gmtime(1_700_000_000).tm_hour, time.gmtime(86399)[3:6], len(time.gmtime(0)))
print(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1_700_000_000)))
print(time.strftime("%a %A %b %B %d %j %p %I %y %U %w %% %Z", time.gmtime(1_700_000_000)))
print(time.asctime(time.gmtime(951_782_400)))
parsed = time.strptime("2024-02-29 12:30:45", "%Y-%m-%d %H:%M:%S")
print(parsed.tm_year, parsed.tm_mon, parsed.tm_mday, parsed.tm_wday, parsed.tm_yday, parsed.tm_isdst)
print(time.gmtime(0) == (1970, 1, 1, 0, 0, 0, 3, 1, 0), time.gmtime(1) > time.gmtime(0))
for bad in (-1, "1", None):
    try:
        time.sleep(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
for text, form in (("x", "%Y"), ("2024-13-01", "%Y-%m-%d"), ("2024 x", "%Y")):
    try:
        time.strptime(text, form)
    except ValueError as error:
        print(error)


async def main():
    began = time.monotonic()
    await asyncio.sleep(0.1)
    time.sleep(0.1)
    print(f"{time.monotonic() - began:.1f}")


asyncio.run(main())
