//! The modules that are written in Python: their texts, and the names that programs can use.

use super::modules::Module;

/// The modules, by name.
pub(super) static PYTHON_MODULES: &[Module] = &[
    Module {
        name: "abc",
        names: &["ABC", "ABCMeta", "abstractclassmethod", "abstractmethod", "abstractproperty", "abstractstaticmethod", "get_cache_token", "update_abstractmethods"],
        refused: &[],
        source: Some(include_str!("../library/abc.py")),
    },
    Module {
        name: "collections",
        names: &["ChainMap", "Counter", "OrderedDict", "UserDict", "defaultdict", "deque", "namedtuple"],
        refused: &[],
        source: Some(include_str!("../library/collections.py")),
    },
    Module {
        name: "collections.abc",
        names: &["AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "Buffer", "ByteString", "Callable", "Collection", "Container", "Coroutine", "Generator", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Reversible", "Sequence", "Set", "Sized", "ValuesView"],
        refused: &[],
        source: Some(include_str!("../library/collections_abc.py")),
    },
    Module {
        name: "contextlib",
        names: &["AbstractAsyncContextManager", "AbstractContextManager", "AsyncContextDecorator", "AsyncExitStack", "ContextDecorator", "ExitStack", "aclosing", "asynccontextmanager", "closing", "contextmanager", "nullcontext", "redirect_stderr", "redirect_stdout", "suppress"],
        refused: &[],
        source: Some(include_str!("../library/contextlib.py")),
    },
    Module {
        name: "dataclasses",
        names: &["Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "asdict", "astuple", "dataclass", "field", "fields", "is_dataclass", "make_dataclass", "replace"],
        refused: &[],
        source: Some(include_str!("../library/dataclasses.py")),
    },
    Module {
        name: "enum",
        names: &["CONFORM", "EJECT", "Enum", "EnumMeta", "EnumType", "Flag", "FlagBoundary", "IntEnum", "IntFlag", "KEEP", "ReprEnum", "STRICT", "StrEnum", "auto", "member", "nonmember", "property", "unique"],
        refused: &[],
        source: Some(include_str!("../library/enum.py")),
    },
    Module {
        name: "functools",
        names: &["WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "cache", "cached_property", "cmp_to_key", "lru_cache", "partial", "partialmethod", "reduce", "singledispatch", "singledispatchmethod", "total_ordering", "update_wrapper", "wraps"],
        refused: &[],
        source: Some(include_str!("../library/functools.py")),
    },
    Module {
        name: "types",
        names: &["AsyncGeneratorType", "BuiltinFunctionType", "BuiltinMethodType", "CodeType", "CoroutineType", "DynamicClassAttribute", "EllipsisType", "FrameType", "FunctionType", "GeneratorType", "GenericAlias", "LambdaType", "MappingProxyType", "MethodType", "ModuleType", "NoneType", "NotImplementedType", "SimpleNamespace", "TracebackType", "coroutine", "new_class", "resolve_bases"],
        refused: &[],
        source: Some(include_str!("../library/types.py")),
    },
    Module {
        name: "typing",
        names: &["AbstractAsyncContextManager", "AbstractContextManager", "AbstractSet", "Annotated", "Any", "AnyStr", "AsyncContextManager", "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Awaitable", "BinaryIO", "ByteString", "Callable", "ChainMap", "ClassVar", "Collection", "Concatenate", "Container", "ContextManager", "Coroutine", "Counter", "DefaultDict", "Deque", "Dict", "Final", "FrozenSet", "Generator", "Generic", "Hashable", "IO", "ItemsView", "Iterable", "Iterator", "KeysView", "List", "Literal", "LiteralString", "Mapping", "MappingView", "Match", "MutableMapping", "MutableSequence", "MutableSet", "NamedTuple", "Never", "NewType", "NoReturn", "NotRequired", "Optional", "OrderedDict", "ParamSpec", "Pattern", "Protocol", "ReadOnly", "Required", "Reversible", "Self", "Sequence", "Set", "Sized", "SupportsAbs", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "TYPE_CHECKING", "Text", "TextIO", "Tuple", "Type", "TypeAlias", "TypeAliasType", "TypeGuard", "TypeIs", "TypeVar", "TypeVarTuple", "TypedDict", "Union", "Unpack", "ValuesView", "assert_never", "assert_type", "cast", "dataclass_transform", "final", "get_args", "get_origin", "get_type_hints", "no_type_check", "overload", "override", "reveal_type", "runtime", "runtime_checkable"],
        refused: &[],
        source: Some(include_str!("../library/typing.py")),
    },
];
