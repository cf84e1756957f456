use super::special::Special;
use crate::program::value::{PyResult, Value, Vm};

/// An operator of which one operand is an object of a library; `None` if neither knows it.
pub(super) fn of_foreign(
    vm: &mut dyn Vm,
    own: Special,
    reflected: Special,
    a: &Value,
    b: &Value,
) -> PyResult<Option<Value>> {
    for (receiver, special, argument) in [(a, own, b), (b, reflected, a)] {
        let Value::Foreign(foreign) = receiver else { continue };
        if !foreign.object.has_method(special.text()) {
            continue;
        }
        let args = std::slice::from_ref(argument);
        let name = special.name();
        match foreign.object.call_method(vm, receiver, &name, args, &[])? {
            None | Some(Value::NotImplemented) => {}
            found => return Ok(found),
        }
    }
    Ok(None)
}

/// `a op= b` of an object of a library; `None` if it does not know it.
pub(super) fn in_place_of_foreign(
    vm: &mut dyn Vm,
    special: Special,
    a: &Value,
    b: &Value,
) -> PyResult<Option<Value>> {
    let Value::Foreign(foreign) = a else { return Ok(None) };
    if !foreign.object.has_method(special.text()) {
        return Ok(None);
    }
    let found = foreign.object.call_method(vm, a, &special.name(), std::slice::from_ref(b), &[])?;
    Ok(found.filter(|found| !matches!(found, Value::NotImplemented)))
}
