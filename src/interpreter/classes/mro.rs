use std::rc::Rc;

use crate::program::exception::type_error;
use crate::program::value::{Class, OBJECT, PyResult, TypeObject, TypeRef};

/// The order in which attributes of a builtin type are looked up: depth first, each type after all
/// that derive from it.
pub fn builtin_mro(ty: &'static TypeObject) -> Vec<&'static TypeObject> {
    let mut order: Vec<&'static TypeObject> = Vec::new();
    let mut waiting = vec![ty];
    while let Some(next) = waiting.pop() {
        order.retain(|earlier| *earlier != next);
        order.push(next);
        waiting.extend(next.bases.iter().rev());
    }
    order
}

/// The order in which attributes of a type are looked up, beginning with itself.
pub fn full_mro(ty: &TypeRef) -> Vec<TypeRef> {
    match ty {
        TypeRef::Builtin(ty) => builtin_mro(ty).into_iter().map(TypeRef::Builtin).collect(),
        TypeRef::Class(class) => of_class(class),
    }
}

fn of_class(class: &Rc<Class>) -> Vec<TypeRef> {
    let own = TypeRef::Class(Rc::clone(class));
    std::iter::once(own).chain(class.mro.iter().cloned()).collect()
}

/// The order for a class with these bases, without itself (the C3 linearisation).
pub(super) fn merge(bases: &[TypeRef]) -> PyResult<Vec<TypeRef>> {
    for (at, base) in bases.iter().enumerate() {
        if bases[..at].contains(base) {
            return Err(type_error(format!("duplicate base class {}", base.name())));
        }
    }
    let mut sequences: Vec<Vec<TypeRef>> = bases.iter().map(full_mro).collect();
    sequences.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            break;
        }
        let is_in_a_tail =
            |ty: &TypeRef| sequences.iter().any(|sequence| sequence[1..].contains(ty));
        let next = sequences.iter().map(|sequence| &sequence[0]).find(|ty| !is_in_a_tail(ty));
        let Some(next) = next.cloned() else { return Err(inconsistent(bases)) };
        for sequence in &mut sequences {
            if sequence[0] == next {
                sequence.remove(0);
            }
        }
        order.push(next);
    }
    if !order.iter().any(|ty| *ty == TypeRef::Builtin(&OBJECT)) {
        order.push(TypeRef::Builtin(&OBJECT));
    }
    Ok(order)
}

#[cold]
fn inconsistent(bases: &[TypeRef]) -> crate::program::value::Stop {
    let names: Vec<String> = bases.iter().map(|base| base.name().to_string()).collect();
    type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        names.join(", ")
    ))
}
