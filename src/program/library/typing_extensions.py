"""typing_extensions."""
from typing import (
    TYPE_CHECKING, AbstractSet, Annotated, Any, AnyStr, AsyncContextManager, AsyncGenerator,
    AsyncIterable, AsyncIterator, Awaitable, Callable, ChainMap, ClassVar, Collection, Concatenate,
    Container, ContextManager, Coroutine, Counter, DefaultDict, Deque, Dict, Final, FrozenSet,
    Generator, Generic, Hashable, ItemsView, Iterable, Iterator, KeysView, List, Literal,
    LiteralString, Mapping, MappingView, MutableMapping, MutableSequence, MutableSet, NamedTuple,
    Never, NewType, NoReturn, NotRequired, Optional, OrderedDict, ParamSpec, Protocol, ReadOnly,
    Required, Reversible, Self, Sequence, Set, Sized, SupportsAbs, SupportsFloat, SupportsIndex,
    SupportsInt, SupportsRound, Text, Tuple, Type, TypeAlias, TypeAliasType, TypedDict, TypeGuard,
    TypeIs, TypeVar, TypeVarTuple, Union, Unpack, ValuesView, assert_never, assert_type, cast,
    dataclass_transform, final, get_args, get_origin, get_type_hints, no_type_check, overload,
    override, reveal_type, runtime, runtime_checkable,
)
from warnings import deprecated
