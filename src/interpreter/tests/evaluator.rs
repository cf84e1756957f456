use std::any::Any;
use std::cell::{RefCell, RefMut};
use std::rc::Rc;

use ruff_python_ast as ast;
use ruff_python_ast::{Expr, Stmt};

use crate::interpreter::ops::{self, Binary, Compare};
use crate::interpreter::{builtins, text};
use crate::program::exception::{NAME_ERROR, RECURSION_ERROR, raise, type_error};
use crate::program::value::{
    BytesObject, Foreign, ForeignObject, Keywords, PyResult, SliceObject, StopKind, Str,
    TypeObject, Value, Vm, types,
};
use crate::rng::Stream;

/// Walks the syntax tree of a few statements.
pub(super) struct Evaluator {
    names: Vec<(String, Value)>,
    stream: RefCell<Stream>,
    depth: u32,
    pub(super) spent: u64,
}

/// A `lambda`: what it says, and the names it was made among.
#[derive(Debug)]
struct Lambda {
    lambda: ast::ExprLambda,
    names: RefCell<Vec<(String, Value)>>,
}

impl ForeignObject for Lambda {
    fn type_object(&self) -> &'static TypeObject {
        &types::FUNCTION
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__call__"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Vm for Evaluator {
    fn call(&mut self, callee: &Value, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
        if let Value::Foreign(foreign) = callee
            && let Some(lambda) = foreign.object.as_any().downcast_ref::<Lambda>()
        {
            return self.call_lambda(lambda, args);
        }
        match builtins::call_native(self, callee, args, kwargs)? {
            Some(result) => Ok(result),
            None => Err(builtins::not_callable(callee)),
        }
    }

    fn next(&mut self, _: &Value) -> PyResult<Option<Value>> {
        Ok(None)
    }

    fn generator(&mut self, _: &Value, method: &str, _: &[Value]) -> PyResult<Value> {
        Err(raise(&RECURSION_ERROR, format!("no generators here, and no {method}")))
    }

    fn stream(&mut self) -> RefMut<'_, Stream> {
        self.stream.borrow_mut()
    }

    fn spend(&mut self, operations: u64) -> PyResult<()> {
        self.spent += operations;
        Ok(())
    }

    fn enter(&mut self, doing: &'static str) -> PyResult<()> {
        if self.depth > 200 {
            return Err(raise(
                &RECURSION_ERROR,
                format!("maximum recursion depth exceeded{doing}"),
            ));
        }
        self.depth += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}

impl Evaluator {
    pub(super) fn new() -> Self {
        Self { names: Vec::new(), stream: RefCell::new(Stream::seeded(0)), depth: 0, spent: 0 }
    }

    /// `repr()` of what the last statement gives, or the exception.
    pub(super) fn outcome(&mut self, code: &str) -> String {
        match self.run(code) {
            Ok(text) => text,
            Err(stop) => match stop.kind() {
                StopKind::Limit(kind) => format!("limit {}", kind.name()),
                StopKind::Raised(exception) => {
                    let name = exception.ty.name();
                    let value = Value::Exception(exception);
                    match text::str(self, &value) {
                        Ok(message) => format!("{name}: {message}"),
                        Err(_) => format!("{name}: ?"),
                    }
                }
            },
        }
    }

    fn run(&mut self, code: &str) -> PyResult<String> {
        let module = ruff_python_parser::parse_module(code).expect(code).into_syntax();
        let mut last = Value::None;
        for statement in &module.body {
            last = self.statement(statement)?;
        }
        text::repr(self, &last).map(|text| text.to_string())
    }

    fn statement(&mut self, statement: &Stmt) -> PyResult<Value> {
        match statement {
            Stmt::Expr(statement) => return self.eval(&statement.value),
            Stmt::Assign(statement) => {
                let value = self.eval(&statement.value)?;
                for target in &statement.targets {
                    self.assign(target, value.clone())?;
                }
            }
            Stmt::AugAssign(statement) => {
                let old = self.eval(&statement.target)?;
                let operand = self.eval(&statement.value)?;
                let new = ops::in_place(self, operator(statement.op), old, &operand)?;
                self.assign(&statement.target, new)?;
            }
            Stmt::Delete(statement) => {
                for target in &statement.targets {
                    self.delete(target)?;
                }
            }
            Stmt::For(statement) => {
                let items = self.eval(&statement.iter)?;
                let iterator = ops::iter(self, &items)?;
                while let Some(item) = ops::next(self, &iterator)? {
                    self.assign(&statement.target, item)?;
                    for statement in &statement.body {
                        self.statement(statement)?;
                    }
                }
            }
            other => panic!("statement {other:?}"),
        }
        Ok(Value::None)
    }

    fn delete(&mut self, target: &Expr) -> PyResult<()> {
        match target {
            Expr::Subscript(target) => {
                let (object, key) = (self.eval(&target.value)?, self.eval(&target.slice)?);
                ops::delete_item(self, &object, &key)
            }
            Expr::Attribute(target) => {
                let object = self.eval(&target.value)?;
                ops::delete_attribute(self, &object, &Str::from(target.attr.as_str()))
            }
            other => panic!("del {other:?}"),
        }
    }

    fn assign(&mut self, target: &Expr, value: Value) -> PyResult<()> {
        match target {
            Expr::Name(name) => {
                match self.names.iter_mut().find(|(known, _)| *known == name.id.as_str()) {
                    Some((_, old)) => *old = value,
                    None => self.names.push((name.id.to_string(), value)),
                }
                Ok(())
            }
            Expr::Subscript(target) => {
                let (object, key) = (self.eval(&target.value)?, self.eval(&target.slice)?);
                ops::set_item(self, &object, &key, value)
            }
            Expr::Attribute(target) => {
                let object = self.eval(&target.value)?;
                ops::set_attribute(self, &object, &Str::from(target.attr.as_str()), value)
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                let starred = elts.iter().position(|target| matches!(target, Expr::Starred(_)));
                let items = match starred {
                    Some(at) => ops::unpack_starred(self, &value, at, elts.len() - at - 1)?,
                    None => ops::unpack(self, &value, elts.len())?,
                };
                for (target, item) in elts.iter().zip(items) {
                    match target {
                        Expr::Starred(target) => self.assign(&target.value, item)?,
                        target => self.assign(target, item)?,
                    }
                }
                Ok(())
            }
            other => panic!("target {other:?}"),
        }
    }

    fn all(&mut self, expressions: &[Expr]) -> PyResult<Vec<Value>> {
        let mut values = Vec::new();
        for expression in expressions {
            match expression {
                Expr::Starred(starred) => {
                    let items = self.eval(&starred.value)?;
                    values.extend(ops::collect(self, &items)?);
                }
                expression => values.push(self.eval(expression)?),
            }
        }
        Ok(values)
    }

    fn eval(&mut self, expression: &Expr) -> PyResult<Value> {
        match expression {
            Expr::NoneLiteral(_) => Ok(Value::None),
            Expr::EllipsisLiteral(_) => Ok(Value::Ellipsis),
            Expr::BooleanLiteral(literal) => Ok(Value::Bool(literal.value)),
            Expr::StringLiteral(literal) => Ok(Value::from(literal.value.to_str())),
            Expr::BytesLiteral(literal) => {
                let data: Vec<u8> = literal.value.bytes().collect();
                Ok(Value::Bytes(Rc::new(BytesObject::new(data))))
            }
            Expr::NumberLiteral(literal) => match &literal.value {
                ast::Number::Int(int) => text::parse_int(&int.to_string(), 0),
                ast::Number::Float(float) => Ok(Value::Float(*float)),
                ast::Number::Complex { .. } => panic!("complex"),
            },
            Expr::Name(name) => self.name(&name.id),
            Expr::Tuple(tuple) => Ok(Value::tuple(self.all(&tuple.elts)?)),
            Expr::List(list) => Ok(Value::list(self.all(&list.elts)?)),
            Expr::Set(set) => {
                let constant = set.elts.iter().all(|item| {
                    item.is_literal_expr() || matches!(item, Expr::UnaryOp(_) | Expr::Tuple(_))
                });
                let items = self.all(&set.elts)?;
                ops::set_display(self, items, constant)
            }
            Expr::Dict(dict) => self.dict(dict),
            Expr::UnaryOp(unary) => {
                let value = self.eval(&unary.operand)?;
                match unary.op {
                    ast::UnaryOp::Not => Ok(Value::Bool(!ops::truth(self, &value)?)),
                    ast::UnaryOp::USub => ops::negative(self, &value),
                    ast::UnaryOp::UAdd => ops::positive(self, &value),
                    ast::UnaryOp::Invert => ops::invert(self, &value),
                }
            }
            Expr::BinOp(op) => {
                let (left, right) = (self.eval(&op.left)?, self.eval(&op.right)?);
                ops::binary(self, operator(op.op), &left, &right)
            }
            Expr::BoolOp(op) => {
                let mut value = Value::None;
                for operand in &op.values {
                    value = self.eval(operand)?;
                    if ops::truth(self, &value)? == (op.op == ast::BoolOp::Or) {
                        break;
                    }
                }
                Ok(value)
            }
            Expr::Compare(compare) => self.compare(compare),
            Expr::If(choice) => {
                let test = self.eval(&choice.test)?;
                let holds = ops::truth(self, &test)?;
                self.eval(if holds { &choice.body } else { &choice.orelse })
            }
            Expr::Named(named) => {
                let value = self.eval(&named.value)?;
                self.assign(&named.target, value.clone())?;
                Ok(value)
            }
            _ => self.eval_other(expression),
        }
    }

    fn eval_other(&mut self, expression: &Expr) -> PyResult<Value> {
        match expression {
            Expr::Call(call) => self.call_expression(call),
            Expr::Attribute(attribute) => {
                let object = self.eval(&attribute.value)?;
                ops::get_attribute(self, &object, &Str::from(attribute.attr.as_str()))
            }
            Expr::Subscript(subscript) => {
                let (object, key) = (self.eval(&subscript.value)?, self.eval(&subscript.slice)?);
                ops::get_item(self, &object, &key)
            }
            Expr::Slice(slice) => {
                let mut bound = |bound: &Option<Box<Expr>>| {
                    bound.as_ref().map_or(Ok(Value::None), |bound| self.eval(bound))
                };
                let start = bound(&slice.lower)?;
                let (stop, step) = (bound(&slice.upper)?, bound(&slice.step)?);
                Ok(Value::Slice(Rc::new(SliceObject { start, stop, step })))
            }
            Expr::FString(string) => self.f_string(string),
            Expr::Lambda(lambda) => {
                let names = RefCell::new(self.names.clone());
                let lambda = Lambda { lambda: lambda.clone(), names };
                Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(lambda)))))
            }
            Expr::ListComp(comprehension) => {
                let mut items = Vec::new();
                self.comprehend(&comprehension.elt, &comprehension.generators, &mut items)?;
                Ok(Value::list(items))
            }
            Expr::SetComp(comprehension) => {
                let mut items = Vec::new();
                self.comprehend(&comprehension.elt, &comprehension.generators, &mut items)?;
                ops::set_display(self, items, false)
            }
            Expr::Generator(comprehension) => {
                let mut items = Vec::new();
                self.comprehend(&comprehension.elt, &comprehension.generators, &mut items)?;
                ops::iter(self, &Value::list(items))
            }
            other => panic!("expression {other:?}"),
        }
    }

    fn name(&mut self, name: &str) -> PyResult<Value> {
        if let Some((_, value)) = self.names.iter().rev().find(|(known, _)| known == name) {
            return Ok(value.clone());
        }
        let random = builtins::RANDOM_FUNCTIONS.iter().find(|function| function.name == name);
        match builtins::find(name).or_else(|| random.map(Value::Builtin)) {
            Some(value) => Ok(value),
            None => Err(raise(&NAME_ERROR, format!("name '{name}' is not defined"))),
        }
    }

    fn dict(&mut self, dict: &ast::ExprDict) -> PyResult<Value> {
        let mut pairs = Vec::new();
        for item in &dict.items {
            let value = self.eval(&item.value)?;
            match &item.key {
                Some(key) => pairs.push((self.eval(key)?, value)),
                None => {
                    for key in ops::collect(self, &value)? {
                        let value = ops::get_item(self, &value, &key)?;
                        pairs.push((key, value));
                    }
                }
            }
        }
        ops::dict_from(self, pairs)
    }

    fn compare(&mut self, compare: &ast::ExprCompare) -> PyResult<Value> {
        let mut left = self.eval(&compare.left)?;
        let mut result = Value::Bool(true);
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let right = self.eval(right)?;
            result = match op {
                ast::CmpOp::Is => Value::Bool(left.is(&right)),
                ast::CmpOp::IsNot => Value::Bool(!left.is(&right)),
                ast::CmpOp::In => Value::Bool(ops::contains(self, &right, &left)?),
                ast::CmpOp::NotIn => Value::Bool(!ops::contains(self, &right, &left)?),
                ast::CmpOp::Eq => ops::compare(self, Compare::Eq, &left, &right)?,
                ast::CmpOp::NotEq => ops::compare(self, Compare::Ne, &left, &right)?,
                ast::CmpOp::Lt => ops::compare(self, Compare::Lt, &left, &right)?,
                ast::CmpOp::LtE => ops::compare(self, Compare::Le, &left, &right)?,
                ast::CmpOp::Gt => ops::compare(self, Compare::Gt, &left, &right)?,
                ast::CmpOp::GtE => ops::compare(self, Compare::Ge, &left, &right)?,
            };
            if !ops::truth(self, &result)? {
                break;
            }
            left = right;
        }
        Ok(result)
    }

    fn call_expression(&mut self, call: &ast::ExprCall) -> PyResult<Value> {
        let callee = self.eval(&call.func)?;
        let args = self.all(&call.arguments.args)?;
        let mut kwargs = Vec::new();
        for keyword in &call.arguments.keywords {
            let value = self.eval(&keyword.value)?;
            match &keyword.arg {
                Some(name) => kwargs.push((Str::from(name.as_str()), value)),
                None => {
                    for key in ops::collect(self, &value)? {
                        let value = ops::get_item(self, &value, &key)?;
                        if let Value::Str(name) = key {
                            kwargs.push((name, value));
                        }
                    }
                }
            }
        }
        self.call(&callee, &args, &kwargs)
    }

    fn call_lambda(&mut self, lambda: &Lambda, args: &[Value]) -> PyResult<Value> {
        let mut names = lambda.names.borrow().clone();
        let mut args = args.iter().cloned();
        if let Some(parameters) = &lambda.lambda.parameters {
            for parameter in parameters.iter_non_variadic_params() {
                let name = parameter.parameter.name.to_string();
                let Some(value) = args.next() else {
                    return Err(type_error("missing argument"));
                };
                names.push((name, value));
            }
            if let Some(rest) = &parameters.vararg {
                names.push((rest.name.to_string(), Value::tuple(args.collect::<Vec<_>>())));
            }
        }
        let outer = std::mem::replace(&mut self.names, names);
        let result = self.eval(&lambda.lambda.body);
        self.names = outer;
        result
    }

    fn comprehend(
        &mut self,
        element: &Expr,
        generators: &[ast::Comprehension],
        items: &mut Vec<Value>,
    ) -> PyResult<()> {
        let Some((generator, rest)) = generators.split_first() else {
            items.push(self.eval(element)?);
            return Ok(());
        };
        let iterable = self.eval(&generator.iter)?;
        let iterator = ops::iter(self, &iterable)?;
        'items: while let Some(item) = ops::next(self, &iterator)? {
            self.assign(&generator.target, item)?;
            for condition in &generator.ifs {
                let value = self.eval(condition)?;
                if !ops::truth(self, &value)? {
                    continue 'items;
                }
            }
            self.comprehend(element, rest, items)?;
        }
        Ok(())
    }

    fn f_string(&mut self, string: &ast::ExprFString) -> PyResult<Value> {
        let mut out = String::new();
        for part in &string.value {
            match part {
                ast::FStringPart::Literal(literal) => out.push_str(literal.as_str()),
                ast::FStringPart::FString(string) => {
                    out.push_str(&self.elements(&string.elements)?);
                }
            }
        }
        Ok(Value::from(out))
    }

    fn elements(&mut self, elements: &[ast::InterpolatedStringElement]) -> PyResult<String> {
        let mut out = String::new();
        for element in elements {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => out.push_str(&literal.value),
                ast::InterpolatedStringElement::Interpolation(field) => {
                    let value = self.eval(&field.expression)?;
                    let conversion = match field.conversion {
                        ast::ConversionFlag::None => text::Conversion::Plain,
                        ast::ConversionFlag::Str => text::Conversion::Str,
                        ast::ConversionFlag::Ascii => text::Conversion::Ascii,
                        ast::ConversionFlag::Repr => text::Conversion::Repr,
                    };
                    let value = conversion.apply(self, &value)?;
                    let spec = match &field.format_spec {
                        Some(spec) => self.elements(&spec.elements)?,
                        None => String::new(),
                    };
                    text::format_value_text(self, &mut out, &value, &spec)?;
                }
            }
        }
        Ok(out)
    }
}

fn operator(op: ast::Operator) -> Binary {
    match op {
        ast::Operator::Add => Binary::Add,
        ast::Operator::Sub => Binary::Sub,
        ast::Operator::Mult => Binary::Mul,
        ast::Operator::MatMult => Binary::MatMul,
        ast::Operator::Div => Binary::Div,
        ast::Operator::Mod => Binary::Mod,
        ast::Operator::Pow => Binary::Pow,
        ast::Operator::LShift => Binary::LShift,
        ast::Operator::RShift => Binary::RShift,
        ast::Operator::BitOr => Binary::Or,
        ast::Operator::BitXor => Binary::Xor,
        ast::Operator::BitAnd => Binary::And,
        ast::Operator::FloorDiv => Binary::FloorDiv,
    }
}
