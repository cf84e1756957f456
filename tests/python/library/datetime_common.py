import datetime as dt
from datetime import date, datetime, time, timedelta, timezone

d = datetime(2024, 2, 28, 23, 59, 30)
print(d, repr(d), d + timedelta(days=2, seconds=45), d.date(), d.time(), d.weekday(), d.isoweekday(), d.isocalendar())
print(d.strftime("%Y-%m-%d %H:%M:%S %A %j %U %f %p"), f"{d:%d/%m/%y}", d.isoformat(), d.isoformat(" ", "minutes"))
print(d.replace(year=2023), d.timestamp() if False else "", d.timetuple().tm_yday, d.ctime())
print(datetime.fromisoformat("2024-01-02T03:04:05.678901"), datetime.fromisoformat("2024-01-02"))
print(datetime.strptime("03 Jan 2024 15:30", "%d %b %Y %H:%M"), datetime.strptime("12:05 AM", "%I:%M %p").hour)
u = datetime(2024, 1, 1, tzinfo=timezone.utc)
print(u, repr(u), u.isoformat(), u.astimezone(timezone(timedelta(hours=5, minutes=30))), u.timestamp(), u.utcoffset())
print(timezone(timedelta(hours=-3)), timezone.utc, repr(timezone(timedelta(hours=1), "X")), u.tzname())
print(datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1.5, tz=timezone.utc))
delta = timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5)
print(delta, repr(delta), delta.total_seconds(), delta.days, delta.seconds, delta.microseconds, -delta, abs(-delta))
print(delta * 2, delta / 2, delta // timedelta(hours=1), delta % timedelta(hours=1), delta > timedelta(1), timedelta(0), bool(timedelta()))
print(timedelta(seconds=90), timedelta(weeks=1), timedelta(milliseconds=1500), timedelta(seconds=0.1) * 3, sum([timedelta(1)] * 3, timedelta()))
print(d - datetime(2024, 1, 1), (d - datetime(2024, 1, 1)).days, d > datetime(2024, 1, 1), d == datetime(2024, 2, 28, 23, 59, 30))
day = date(2024, 12, 25)
print(day, repr(day), day - date(2024, 1, 1), day + timedelta(7), day.strftime("%d %B"), date.fromisoformat("2020-02-29"), day.toordinal())
t = time(13, 5, 6, 70)
print(t, repr(t), t.isoformat("seconds"), t.strftime("%I:%M %p"), time(1) < time(2), datetime.combine(day, t))
print(sorted([date(2024, 3, 1), date(2023, 3, 1)]), {day: 1}[date(2024, 12, 25)], min(d, u.replace(tzinfo=None)), dt.MAXYEAR)
for call in (
    lambda: datetime(2024, 13, 1), lambda: date(2023, 2, 29), lambda: datetime.fromisoformat("nope"), lambda: d - u,
    lambda: datetime.strptime("x", "%Y"), lambda: time(25), lambda: d < u, lambda: timedelta("x"),
):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(type(datetime.now()).__name__, isinstance(datetime.now(), date), datetime.now(timezone.utc).tzinfo)
print((datetime.now() - datetime.now()).days <= 0, datetime.min, date.max, timedelta.max)
