from datetime import datetime, timedelta, date, time, timezone
import time as t
d = datetime(2024, 2, 28, 23, 59, 30, 123456)
print(d, repr(d), d + timedelta(days=1, seconds=30), d - datetime(2024, 1, 1), d.date(), d.time(), d.isoformat(), d.weekday(), d.isoweekday(), d.strftime("%Y-%m-%d %H:%M:%S.%f %a %A %b %B %j %p %I %y %%"))
print(datetime.strptime("2024-03-01 12:30", "%Y-%m-%d %H:%M"), datetime.fromisoformat("2024-03-01T12:30:45.5+02:00"), d.replace(year=2025, day=1), d < datetime(2025, 1, 1), max(d, datetime(2020, 1, 1)), d.timetuple()[:6], d.isocalendar())
td = timedelta(days=2, hours=3, minutes=4.5, milliseconds=7)
print(td, repr(td), td.total_seconds(), td * 2, td / 2, td // timedelta(hours=1), td % timedelta(hours=1), -td, abs(-td), td.days, td.seconds, td.microseconds, str(timedelta(seconds=-1)), timedelta(hours=25) > timedelta(days=1), sum([timedelta(1), timedelta(2)], timedelta()))
print(date(2024, 2, 29) + timedelta(365), date(2024, 3, 1) - date(2023, 3, 1), date.fromisoformat("2024-12-25").strftime("%d/%m/%y"), date(2024, 1, 1).isocalendar(), date.min, date(2024, 5, 5).replace(month=6), date(2024, 1, 31).toordinal(), date.fromordinal(738000))
print(time(12, 30), time(1, 2, 3, 4).isoformat(), time.fromisoformat("10:20"), time(12) > time(11), datetime.combine(date(2024, 1, 1), time(5)))
tz = timezone(timedelta(hours=5, minutes=30)); u = datetime(2024, 1, 1, tzinfo=timezone.utc)
print(u, u.astimezone(tz), tz, timezone.utc, u.utcoffset(), u.tzinfo, u.timestamp(), datetime.fromtimestamp(0, timezone.utc), u == datetime(2024, 1, 1, 5, 30, tzinfo=tz))
for bad in (lambda: datetime(2024, 13, 1), lambda: datetime(2024, 2, 30), lambda: datetime.strptime("x", "%Y"), lambda: date.fromisoformat("2024"), lambda: u - datetime(2024, 1, 1), lambda: timedelta(days=10**10), lambda: datetime(2024, 1, 1) < u, lambda: time(25)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
print(t.strftime("%Y-%m-%d %H:%M:%S", t.gmtime(86400 * 365)), t.strftime("%a %b %d", t.struct_time((2024, 3, 5, 0, 0, 0, 1, 65, 0))), t.gmtime(0).tm_year, t.mktime(t.gmtime(0)) == 0.0, t.asctime(t.gmtime(0)), tuple(t.strptime("30 Nov 00", "%d %b %y"))[:3])
print(sorted([date(2024, 5, 1), date(2023, 1, 1)]), {date(2024, 1, 1): "x"}[date(2024, 1, 1)], f"{d:%H:%M} {d.date():%d.%m.}", datetime.max.year, divmod(timedelta(minutes=130), timedelta(hours=1)))
