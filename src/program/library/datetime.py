"""datetime, on the virtual clock; programs see UTC."""
import _datetime as _c

MINYEAR = 1
MAXYEAR = 9999

_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EPOCH_ORDINAL = 719163


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS_IN_MONTH[month - 1]


def _index(value):
    if isinstance(value, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    try:
        return value.__index__()
    except AttributeError:
        raise TypeError(
            f"'{type(value).__name__}' object cannot be interpreted as an integer"
        ) from None


def _check_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year must be in 1..9999, not {year}')
    if not 1 <= month <= 12:
        raise ValueError(f'month must be in 1..12, not {month}')
    days = _days_in_month(year, month)
    if not 1 <= day <= days:
        raise ValueError(f'day {day} must be in range 1..{days} for month {month} in year {year}')
    return year, month, day


def _check_time(hour, minute, second, microsecond, fold):
    for name, value, most in (
        ('hour', hour, 23), ('minute', minute, 59), ('second', second, 59),
        ('microsecond', microsecond, 999999),
    ):
        if not 0 <= _index(value) <= most:
            raise ValueError(f'{name} must be in 0..{most}, not {value}')
    if fold not in (0, 1):
        raise ValueError(f'fold must be either 0 or 1, not {fold}')


def _divide_and_round(a, b):
    q, r = divmod(a, b)
    r *= 2
    if (r > b if b > 0 else r < b) or r == b and q % 2 == 1:
        q += 1
    return q


class timedelta:
    """A duration."""

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                weeks=0):
        for name, value in (
            ('days', days), ('seconds', seconds), ('microseconds', microseconds),
            ('milliseconds', milliseconds), ('minutes', minutes), ('hours', hours),
            ('weeks', weeks),
        ):
            if not isinstance(value, (int, float)):
                raise TypeError(
                    f'unsupported type for timedelta {name} component: {type(value).__name__}'
                )
        days += weeks * 7
        seconds += minutes * 60 + hours * 3600
        microseconds += milliseconds * 1000
        whole = 0
        left = 0.0
        for value, unit in ((days, 86400000000), (seconds, 1000000)):
            if isinstance(value, float):
                part = int(value)
                whole += part * unit
                left += (value - part) * unit
            else:
                whole += value * unit
        if isinstance(microseconds, float):
            left += microseconds
        else:
            whole += microseconds
        if left:
            whole += round(left)
        return cls._of(whole)

    @classmethod
    def _of(cls, microseconds):
        self = object.__new__(cls)
        self._us = microseconds
        seconds, self.microseconds = divmod(microseconds, 1000000)
        self.days, self.seconds = divmod(seconds, 86400)
        if not -2147483648 <= self.days <= 2147483647:
            raise OverflowError('Python int too large to convert to C int')
        if not -999999999 <= self.days <= 999999999:
            raise OverflowError(f'days={self.days}; must have magnitude <= 999999999')
        return self

    def total_seconds(self):
        return self._us / 1000000

    def __repr__(self):
        parts = []
        for name in ('days', 'seconds', 'microseconds'):
            value = getattr(self, name)
            if value:
                parts.append(f'{name}={value}')
        return f'datetime.timedelta({", ".join(parts) or 0})'

    def __str__(self):
        minutes, second = divmod(self.seconds, 60)
        hour, minute = divmod(minutes, 60)
        text = f'{hour}:{minute:02}:{second:02}'
        if self.days:
            plural = '' if abs(self.days) == 1 else 's'
            text = f'{self.days} day{plural}, {text}'
        if self.microseconds:
            text += f'.{self.microseconds:06}'
        return text

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._us + other._us)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._us - other._us)
        return NotImplemented

    def __rsub__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(other._us - self._us)
        return NotImplemented

    def __neg__(self):
        return timedelta._of(-self._us)

    def __pos__(self):
        return self

    def __abs__(self):
        return -self if self._us < 0 else self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._us * other)
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_divide_and_round(self._us * above, below))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        if isinstance(other, int):
            return timedelta._of(self._us // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, int):
            return timedelta._of(_divide_and_round(self._us, other))
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return timedelta._of(_divide_and_round(below * self._us, above))
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta._of(self._us % other._us)
        return NotImplemented

    def __divmod__(self, other):
        if isinstance(other, timedelta):
            q, r = divmod(self._us, other._us)
            return q, timedelta._of(r)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, timedelta):
            return self._us == other._us
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, timedelta):
            return self._us < other._us
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, timedelta):
            return self._us <= other._us
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, timedelta):
            return self._us > other._us
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, timedelta):
            return self._us >= other._us
        return NotImplemented

    def __hash__(self):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self):
        return self._us != 0


timedelta.min = timedelta._of(-999999999 * 86400000000)
timedelta.max = timedelta._of(1000000000 * 86400000000 - 1)
timedelta.resolution = timedelta._of(1)


class tzinfo:
    """A time zone."""

    def tzname(self, dt):
        raise NotImplementedError('tzinfo subclass must override tzname()')

    def utcoffset(self, dt):
        raise NotImplementedError('tzinfo subclass must override utcoffset()')

    def dst(self, dt):
        raise NotImplementedError('tzinfo subclass must override dst()')

    def fromutc(self, dt):
        return dt + dt.utcoffset()


def _offset_text(offset, separator=':'):
    """+HH:MM, with seconds where there are some."""
    if offset is None:
        return ''
    sign = '-' if offset.days < 0 else '+'
    seconds, micro = divmod(abs(offset)._us, 1000000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    text = f'{sign}{hour:02}{separator}{minute:02}'
    if second or micro:
        text += f'{separator}{second:02}'
    if micro:
        text += f'.{micro:06}'
    return text


class timezone(tzinfo):
    """A time zone with a fixed distance from UTC."""

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(
                'timezone() argument 1 must be datetime.timedelta, not ' + type(offset).__name__
            )
        if name is not None and not isinstance(name, str):
            raise TypeError('timezone() argument 2 must be str, not ' + type(name).__name__)
        if not -86400000000 < offset._us < 86400000000:
            raise ValueError(
                'offset must be a timedelta strictly between -timedelta(hours=24) and '
                f'timedelta(hours=24), not {offset!r}'
            )
        if name is None and not offset and hasattr(cls, 'utc'):
            return cls.utc
        self = object.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return 'UTC' + _offset_text(self._offset) if self._offset else 'UTC'

    def dst(self, dt):
        return None

    def fromutc(self, dt):
        return dt + self._offset

    def __eq__(self, other):
        if isinstance(other, timezone):
            return self._offset == other._offset
        return NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        if self._name is None:
            return f'datetime.timezone({self._offset!r})'
        return f'datetime.timezone({self._offset!r}, {self._name!r})'

    def __str__(self):
        return self.tzname(None)


timezone.utc = timezone(timedelta())
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
UTC = timezone.utc


class IsoCalendarDate(tuple):
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return (
            f'datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})'
        )


class date:
    """A day."""

    def __new__(cls, year, month, day):
        self = object.__new__(cls)
        self.year, self.month, self.day = _check_date(year, month, day)
        return self

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_c.now() / 1000000)

    @classmethod
    def fromtimestamp(cls, timestamp):
        return cls(*_c.to_date(int(timestamp // 86400)))

    @classmethod
    def fromordinal(cls, n):
        if n < 1:
            raise ValueError('ordinal must be >= 1')
        return cls(*_c.to_date(n - _EPOCH_ORDINAL))

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        parts = _iso_date(date_string)
        if parts is None:
            raise ValueError(f'Invalid isoformat string: {date_string!r}')
        return cls(*parts)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        first = date(year, 1, 4)
        monday = first.toordinal() - first.weekday()
        return cls.fromordinal(monday + (week - 1) * 7 + day - 1)

    @classmethod
    def strptime(cls, date_string, format):
        return cls(*_c.parse(date_string, format)[:3])

    def __repr__(self):
        return f'datetime.{type(self).__qualname__}({self.year}, {self.month}, {self.day})'

    def isoformat(self):
        return f'{self.year:04}-{self.month:02}-{self.day:02}'

    __str__ = isoformat

    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')

    def strftime(self, format):
        return _c.format(format, (self.year, self.month, self.day, 0, 0, 0), 0, '', '')

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f'must be str, not {type(fmt).__name__}')
        return self.strftime(fmt) if fmt else str(self)

    def timetuple(self):
        from time import struct_time
        return struct_time((self.year, self.month, self.day, 0, 0, 0, self.weekday(),
                            self._year_day(), -1))

    def _year_day(self):
        return _c.to_days(self.year, self.month, self.day) - _c.to_days(self.year, 1, 1) + 1

    def toordinal(self):
        return _c.to_days(self.year, self.month, self.day) + _EPOCH_ORDINAL

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        thursday = self.toordinal() - self.weekday() + 3
        year = _c.to_date(thursday - _EPOCH_ORDINAL)[0]
        week = (thursday - _EPOCH_ORDINAL - _c.to_days(year, 1, 1)) // 7 + 1
        return IsoCalendarDate((year, week, self.isoweekday()))

    def replace(self, year=None, month=None, day=None):
        return type(self)(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
        )

    __replace__ = replace

    def _key(self):
        return self.year, self.month, self.day

    def _other(self, other):
        return isinstance(other, date) and not isinstance(other, datetime)

    def __eq__(self, other):
        if self._other(other):
            return self._key() == other._key()
        return NotImplemented

    def __lt__(self, other):
        if self._other(other):
            return self._key() < other._key()
        return NotImplemented

    def __le__(self, other):
        if self._other(other):
            return self._key() <= other._key()
        return NotImplemented

    def __gt__(self, other):
        if self._other(other):
            return self._key() > other._key()
        return NotImplemented

    def __ge__(self, other):
        if self._other(other):
            return self._key() >= other._key()
        return NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __add__(self, other):
        if isinstance(other, timedelta):
            ordinal = self.toordinal() + other.days
            if not 1 <= ordinal <= 3652059:
                raise OverflowError('date value out of range')
            return type(self).fromordinal(ordinal)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


def _iso_date(text):
    if len(text) == 10 and text[4] == text[7] == '-':
        parts = text[:4], text[5:7], text[8:]
    elif len(text) == 8 and text.isdigit():
        parts = text[:4], text[4:6], text[6:]
    else:
        return None
    if not all(part.isdigit() and part.isascii() for part in parts):
        return None
    return tuple(int(part) for part in parts)


def _iso_time(text):
    """Hour, minute, second, microsecond and zone; None for what is no time."""
    zone = None
    for at, char in enumerate(text):
        if char in '+-Z':
            zone = _iso_zone(text[at:])
            if zone is None:
                return None
            text = text[:at]
            break
    text, dot, fraction = text.replace(',', '.').partition('.')
    if dot and not (fraction.isdigit() and fraction.isascii()):
        return None
    if ':' in text:
        parts = text.split(':')
    else:
        parts = [text[at:at + 2] for at in range(0, len(text), 2)]
    if not 1 <= len(parts) <= 3 or dot and len(parts) != 3:
        return None
    if not all(len(part) == 2 and part.isdigit() and part.isascii() for part in parts):
        return None
    numbers = [int(part) for part in parts] + [0] * (3 - len(parts))
    return *numbers, int((fraction + '000000')[:6]), zone


def _iso_zone(text):
    if text == 'Z':
        return timezone.utc
    inner = _iso_time(text[1:]) if text[1:] and text[0] in '+-' else None
    if inner is None:
        return None
    hour, minute, second, micro, _ = inner
    offset = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    if not offset:
        return timezone.utc
    return timezone(-offset if text[0] == '-' else offset)


def _time_text(hour, minute, second, microsecond, timespec):
    if timespec == 'auto':
        timespec = 'microseconds' if microsecond else 'seconds'
    if timespec == 'hours':
        return f'{hour:02}'
    if timespec == 'minutes':
        return f'{hour:02}:{minute:02}'
    text = f'{hour:02}:{minute:02}:{second:02}'
    if timespec == 'seconds':
        return text
    if timespec == 'milliseconds':
        return f'{text}.{microsecond // 1000:03}'
    if timespec == 'microseconds':
        return f'{text}.{microsecond:06}'
    raise ValueError('Unknown timespec value')


def _check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(
            f'tzinfo argument must be None or of a tzinfo subclass, not type {type(tz).__name__!r}'
        )


class time:
    """A time of day."""

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self.hour, self.minute, self.second = hour, minute, second
        self.microsecond, self.tzinfo, self.fold = microsecond, tzinfo, fold
        return self

    @classmethod
    def fromisoformat(cls, time_string):
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        parts = _iso_time(time_string.removeprefix('T'))
        if parts is None:
            raise ValueError(f'Invalid isoformat string: {time_string!r}')
        return cls(*parts)

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(None)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(None)

    def __repr__(self):
        text = f'{self.hour}, {self.minute}'
        if self.second or self.microsecond:
            text += f', {self.second}'
        if self.microsecond:
            text += f', {self.microsecond}'
        if self.tzinfo is not None:
            text += f', tzinfo={self.tzinfo!r}'
        if self.fold:
            text += ', fold=1'
        return f'datetime.{type(self).__qualname__}({text})'

    def isoformat(self, timespec='auto'):
        text = _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return text + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        return _c.format(
            format, (1900, 1, 1, self.hour, self.minute, self.second), self.microsecond,
            _offset_text(self.utcoffset(), ''), self.tzname() or '',
        )

    def __format__(self, fmt):
        return self.strftime(fmt) if fmt else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
                fold=None):
        return type(self)(
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo,
            fold=self.fold if fold is None else fold,
        )

    __replace__ = replace

    def _key(self):
        offset = self.utcoffset()
        micros = ((self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond
        return micros - (offset._us if offset else 0)

    def _compare(self, other):
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._key() - other._key()

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._key() == other._key()

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, time) else NotImplemented

    def __hash__(self):
        return hash(self._key())


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
_time_class = time


class datetime(date):
    """A day and a time."""

    def __new__(cls, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *,
                fold=0):
        self = object.__new__(cls)
        self.year, self.month, self.day = _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond, fold)
        _check_tzinfo(tzinfo)
        self.hour, self.minute, self.second = hour, minute, second
        self.microsecond, self.tzinfo, self.fold = microsecond, tzinfo, fold
        return self

    @classmethod
    def _of_micros(cls, micros, tz=None):
        """The moment so many microseconds after 1970, in UTC, labelled with a zone."""
        seconds, micro = divmod(micros, 1000000)
        days, second = divmod(seconds, 86400)
        if not -719162 <= days <= 2932896:
            raise OverflowError('date value out of range')
        year, month, day = _c.to_date(days)
        return cls(
            year, month, day, second // 3600, second // 60 % 60, second % 60, micro, tz
        )

    @classmethod
    def now(cls, tz=None):
        _check_tzinfo(tz)
        moment = cls._of_micros(_c.now(), tz)
        return moment if tz is None else tz.fromutc(moment)

    @classmethod
    def utcnow(cls):
        import warnings
        warnings.warn(
            'datetime.datetime.utcnow() is deprecated and scheduled for removal in a future '
            'version. Use timezone-aware objects to represent datetimes in UTC: '
            'datetime.datetime.now(datetime.UTC).',
            DeprecationWarning, stacklevel=2,
        )
        return cls._of_micros(_c.now())

    @classmethod
    def today(cls):
        return cls._of_micros(_c.now())

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        _check_tzinfo(tz)
        moment = cls._of_micros(_micros_of(timestamp), tz)
        return moment if tz is None else tz.fromutc(moment)

    @classmethod
    def utcfromtimestamp(cls, t):
        return cls._of_micros(_micros_of(t))

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        if tzinfo is True:
            tzinfo = time.tzinfo
        return cls(
            date.year, date.month, date.day, time.hour, time.minute, time.second,
            time.microsecond, tzinfo, fold=time.fold,
        )

    @classmethod
    def fromisoformat(cls, date_string):
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        wrong = ValueError(f'Invalid isoformat string: {date_string!r}')
        for length in (10, 8):
            day = _iso_date(date_string[:length])
            if day is not None:
                break
        else:
            raise wrong
        if len(date_string) == length:
            return cls(*day)
        clock = _iso_time(date_string[length + 1:])
        if clock is None:
            raise wrong
        return cls(*day, *clock)

    @classmethod
    def strptime(cls, date_string, format):
        if not isinstance(date_string, str):
            raise TypeError(
                f'strptime() argument 1 must be str, not {type(date_string).__name__}'
            )
        *parts, offset = _c.parse(date_string, format)
        tz = None if offset is None else timezone(timedelta(seconds=offset))
        return cls(*parts, tz)

    def timestamp(self):
        return (self._micros() - (self.utcoffset() or timedelta())._us) / 1000000

    def _micros(self):
        days = _c.to_days(self.year, self.month, self.day)
        seconds = days * 86400 + (self.hour * 60 + self.minute) * 60 + self.second
        return seconds * 1000000 + self.microsecond

    def date(self):
        return date(self.year, self.month, self.day)

    def time(self):
        return _time_class(
            self.hour, self.minute, self.second, self.microsecond, fold=self.fold
        )

    def timetz(self):
        return _time_class(
            self.hour, self.minute, self.second, self.microsecond, self.tzinfo, fold=self.fold
        )

    def timetuple(self):
        from time import struct_time
        return struct_time((self.year, self.month, self.day, self.hour, self.minute, self.second,
                            self.weekday(), self._year_day(), -1))

    def utctimetuple(self):
        return (self - (self.utcoffset() or timedelta())).timetuple()

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, tzinfo=True, *, fold=None):
        return type(self)(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo,
            fold=self.fold if fold is None else fold,
        )

    __replace__ = replace

    def astimezone(self, tz=None):
        if tz is None:
            tz = timezone.utc
        _check_tzinfo(tz)
        offset = self.utcoffset() or timedelta()
        return tz.fromutc(type(self)._of_micros(self._micros() - offset._us, tz))

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')

    def strftime(self, format):
        return _c.format(
            format, (self.year, self.month, self.day, self.hour, self.minute, self.second),
            self.microsecond, _offset_text(self.utcoffset(), ''), self.tzname() or '',
        )

    def isoformat(self, sep='T', timespec='auto'):
        clock = _time_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return (
            f'{self.year:04}-{self.month:02}-{self.day:02}{sep}{clock}'
            + _offset_text(self.utcoffset())
        )

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute, self.second,
                 self.microsecond]
        if parts[-1] == 0:
            del parts[-1]
            if parts[-1] == 0:
                del parts[-1]
        text = ', '.join(map(str, parts))
        if self.tzinfo is not None:
            text += f', tzinfo={self.tzinfo!r}'
        if self.fold:
            text += ', fold=1'
        return f'datetime.{type(self).__qualname__}({text})'

    def _compare(self, other):
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return (self._micros() - (mine._us if mine else 0)) - (
            other._micros() - (theirs._us if theirs else 0)
        )

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            return False
        return self._compare(other) == 0

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self):
        return hash(self._micros() - (self.utcoffset() or timedelta())._us)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)._of_micros(self._micros() + other._us, self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        mine, theirs = self.utcoffset(), other.utcoffset()
        if (mine is None) != (theirs is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta._of(
            self._micros() - (mine._us if mine else 0)
            - other._micros() + (theirs._us if theirs else 0)
        )


def _micros_of(timestamp):
    if isinstance(timestamp, int):
        return timestamp * 1000000
    return round(timestamp * 1000000)


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
