//! Protocol buffers, as far as they are written here: numbers, texts, messages in messages.
//!
//! Source: "Encoding" of the Protocol Buffers documentation.

/// A message that is being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    bytes: Vec<u8>,
}

/// How a field is laid out.
#[derive(Clone, Copy)]
enum Wire {
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
}

impl Message {
    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    fn tag(&mut self, field: u32, wire: Wire) {
        self.varint(u64::from(field) << 3 | wire as u64);
    }

    /// A number; of a signed one its two's complement.
    pub(super) fn number(&mut self, field: u32, number: u64) -> &mut Self {
        self.tag(field, Wire::Varint);
        self.varint(number);
        self
    }

    /// A number of eight bytes.
    pub(super) fn fixed(&mut self, field: u32, number: u64) -> &mut Self {
        self.tag(field, Wire::Fixed64);
        self.bytes.extend(number.to_le_bytes());
        self
    }

    /// A text.
    pub(super) fn text(&mut self, field: u32, text: &str) -> &mut Self {
        self.bytes(field, text.as_bytes())
    }

    /// A message.
    pub(super) fn message(&mut self, field: u32, message: &Self) -> &mut Self {
        self.bytes(field, &message.bytes)
    }

    fn bytes(&mut self, field: u32, bytes: &[u8]) -> &mut Self {
        self.tag(field, Wire::Bytes);
        self.varint(bytes.len() as u64);
        self.bytes.extend(bytes);
        self
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
pub(super) mod decode {
    //! Reads what was written back, for tests.

    /// What a field holds.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(in super::super) enum Value<'b> {
        Number(u64),
        Bytes(&'b [u8]),
    }

    /// The fields of a message, in order; `None` if it is none.
    pub(in super::super) fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
        let mut fields = Vec::new();
        while !bytes.is_empty() {
            let tag = varint(&mut bytes)?;
            let value = match tag & 7 {
                0 => Value::Number(varint(&mut bytes)?),
                1 => {
                    let (number, rest) = bytes.split_first_chunk()?;
                    bytes = rest;
                    Value::Number(u64::from_le_bytes(*number))
                }
                2 => {
                    let length = usize::try_from(varint(&mut bytes)?).ok()?;
                    let (part, rest) = bytes.split_at_checked(length)?;
                    bytes = rest;
                    Value::Bytes(part)
                }
                _ => return None,
            };
            fields.push((tag >> 3, value));
        }
        Some(fields)
    }

    fn varint(bytes: &mut &[u8]) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = bytes.split_first()?;
            *bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_laid_out_as_the_documentation_says() {
        let mut inner = Message::default();
        inner.number(1, 150);
        assert_eq!(inner.bytes, [0x08, 0x96, 0x01]);
        let mut message = Message::default();
        message.text(2, "testing").message(3, &inner).fixed(47, 1);
        assert_eq!(
            message.into_bytes(),
            [
                &[0x12, 0x07][..],
                b"testing",
                &[0x1a, 0x03, 0x08, 0x96, 0x01],
                &[0xf9, 0x02, 1, 0, 0, 0, 0, 0, 0, 0],
            ]
            .concat()
        );
    }
}
