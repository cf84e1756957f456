//! f-strings.

use ruff_python_ast as ast;

use super::compiler::Compiler;
use crate::program::constant::Constant;
use crate::program::instruction::{Conversion, Instr, NO_REG, Reg};

impl Compiler<'_> {
    pub(super) fn fstring_into(&mut self, text: &ast::ExprFString, dst: Reg) {
        let mut parts: Vec<TextPart<'_>> = Vec::new();
        for part in &text.value {
            match part {
                ast::FStringPart::Literal(literal) => push_text(&mut parts, literal.as_str()),
                ast::FStringPart::FString(fstring) => collect_parts(&mut parts, &fstring.elements),
            }
        }
        self.text_into(&parts, dst);
    }

    fn text_into(&mut self, parts: &[TextPart<'_>], dst: Reg) {
        match parts {
            [] => self.load(dst, Constant::Str("".into())),
            [TextPart::Text(text)] => self.load(dst, Constant::Str(text.as_str().into())),
            _ => {
                let base = self.function().temps(parts.len());
                for (reg, part) in (base..).zip(parts) {
                    match part {
                        TextPart::Text(text) => {
                            self.load(reg, Constant::Str(text.as_str().into()));
                        }
                        TextPart::Value(element) => self.element_into(element, reg),
                    }
                }
                let len = u16::try_from(parts.len()).unwrap_or(u16::MAX);
                self.emit(Instr::BuildStr { dst, base, len });
            }
        }
    }

    /// One `{…}` of an f-string. What has neither conversion nor format is made text when all are
    /// put together.
    fn element_into(&mut self, element: &ast::InterpolatedElement, dst: Reg) {
        self.expr_into(&element.expression, dst);
        let debugging = element.debug_text.is_some() && element.format_spec.is_none();
        let conversion = match element.conversion {
            ast::ConversionFlag::None if debugging => Conversion::Repr,
            ast::ConversionFlag::None => Conversion::None,
            ast::ConversionFlag::Str => Conversion::Str,
            ast::ConversionFlag::Ascii => Conversion::Ascii,
            ast::ConversionFlag::Repr => Conversion::Repr,
        };
        let mark = self.function().mark();
        let spec = element.format_spec.as_ref().map_or(NO_REG, |spec| {
            let mut parts = Vec::new();
            collect_parts(&mut parts, &spec.elements);
            let reg = self.function().temp();
            self.text_into(&parts, reg);
            reg
        });
        self.at_node(element);
        if conversion != Conversion::None || spec != NO_REG {
            self.emit(Instr::Format { conversion, dst, src: dst, spec });
        }
        self.function().release(mark);
    }
}

/// A piece of an f-string.
enum TextPart<'a> {
    Text(String),
    Value(&'a ast::InterpolatedElement),
}

fn push_text(parts: &mut Vec<TextPart<'_>>, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(TextPart::Text(before)) => before.push_str(text),
        _ => parts.push(TextPart::Text(text.to_owned())),
    }
}

fn collect_parts<'a>(
    parts: &mut Vec<TextPart<'a>>,
    elements: &'a [ast::InterpolatedStringElement],
) {
    for element in elements {
        match element {
            ast::InterpolatedStringElement::Literal(literal) => push_text(parts, &literal.value),
            ast::InterpolatedStringElement::Interpolation(element) => {
                if let Some(debug) = &element.debug_text {
                    push_text(parts, debug.as_str());
                }
                parts.push(TextPart::Value(element));
            }
        }
    }
}
