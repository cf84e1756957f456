use super::{bytes, dict, float, generator, int, list, sequence, set, str};
use crate::program::value::{Builtin, TypeKind, TypeObject, TypeRef, Value};

/// The method `name` of an object of a builtin type.
pub fn find(object: &Value, name: &str) -> Option<&'static Builtin> {
    match object.type_of() {
        TypeRef::Builtin(ty) => find_in_type(ty, name),
        TypeRef::Class(_) => None,
    }
}

/// The method `name` of the objects of a builtin type.
pub fn find_in_type(ty: &'static TypeObject, name: &str) -> Option<&'static Builtin> {
    let table = table(ty.kind)?;
    let at = table.binary_search_by(|method| method.name.cmp(name)).ok()?;
    table.get(at)
}

/// The names of the methods of the objects of a builtin type.
pub(in crate::interpreter) fn names_in_type(
    ty: &'static TypeObject,
) -> impl Iterator<Item = &'static str> {
    table(ty.kind).unwrap_or_default().iter().map(|method| method.name)
}

fn table(kind: TypeKind) -> Option<&'static [Builtin]> {
    Some(match kind {
        TypeKind::List => list::METHODS,
        TypeKind::Tuple => sequence::TUPLE_METHODS,
        TypeKind::Range => sequence::RANGE_METHODS,
        TypeKind::Dict => dict::METHODS,
        TypeKind::DictKeys | TypeKind::DictItems => dict::VIEW_METHODS,
        TypeKind::Set => set::METHODS,
        TypeKind::FrozenSet => set::FROZEN_METHODS,
        TypeKind::Str => str::METHODS,
        TypeKind::Bytes => bytes::METHODS,
        TypeKind::Int | TypeKind::Bool => int::METHODS,
        TypeKind::Float => float::METHODS,
        TypeKind::Generator => generator::METHODS,
        TypeKind::Coroutine => generator::COROUTINE_METHODS,
        TypeKind::AsyncGenerator => generator::ASYNC_METHODS,
        TypeKind::Slice => sequence::SLICE_METHODS,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::value::types::BUILTIN_TYPES;

    #[test]
    fn tables_are_sorted() {
        for ty in BUILTIN_TYPES {
            let names: Vec<_> =
                table(ty.kind).unwrap_or(&[]).iter().map(|method| method.name).collect();
            assert!(names.is_sorted(), "{}: {names:?}", ty.name);
        }
    }
}
