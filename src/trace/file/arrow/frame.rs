//! The messages of an IPC stream, as far as they are whole.

use std::io::{self, Read};

use arrow_ipc::{Message, root_as_message};

use crate::trace::file::ReadTraceError;

/// What every message begins with.
pub(in super::super) const START: [u8; 4] = [0xff; 4];

/// A message as it stands in the file: its description and its data.
#[derive(Debug, Default)]
pub(super) struct Frame {
    meta: Vec<u8>,
    pub(super) body: Vec<u8>,
    number: usize,
}

/// What comes next in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Message,
    /// The mark that says that nothing follows.
    End,
    /// Nothing, or only a part of a message.
    Cut,
}

impl Frame {
    /// Reads the next message into this one's place.
    pub(super) fn advance(&mut self, source: &mut impl Read) -> Result<Next, ReadTraceError> {
        let mut prefix = [0; 8];
        if !fill(source, &mut prefix)? {
            return Ok(Next::Cut);
        }
        self.number += 1;
        let [s0, s1, s2, s3, l0, l1, l2, l3] = prefix;
        if [s0, s1, s2, s3] != START {
            return Err(self.damaged("it does not begin like a message"));
        }
        let length = i32::from_le_bytes([l0, l1, l2, l3]);
        if length == 0 {
            return Ok(Next::End);
        }
        let length = u64::try_from(length).map_err(|_| self.damaged("its length is negative"))?;
        if !read_exactly(source, length, &mut self.meta)? {
            return Ok(Next::Cut);
        }
        let body_length = u64::try_from(self.message()?.bodyLength())
            .map_err(|_| self.damaged("its length is negative"))?;
        if !read_exactly(source, body_length, &mut self.body)? {
            return Ok(Next::Cut);
        }
        Ok(Next::Message)
    }

    /// The description of the message, which is verified: what it offers can be read.
    pub(super) fn message(&self) -> Result<Message<'_>, ReadTraceError> {
        root_as_message(&self.meta).map_err(|error| {
            // The details of the error are for those who debug a writer.
            let error = error.to_string();
            self.damaged(error.lines().next().unwrap_or("it cannot be read"))
        })
    }

    /// An error about this message.
    pub(super) fn damaged(&self, what: impl std::fmt::Display) -> ReadTraceError {
        ReadTraceError::damaged(format_args!("message {}", self.number), what)
    }
}

/// Fills the buffer, or says that there are not enough bytes.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads so many bytes, or says that there are not enough. A length that is a lie costs nothing.
fn read_exactly(source: &mut impl Read, length: u64, buffer: &mut Vec<u8>) -> io::Result<bool> {
    buffer.clear();
    let read = source.by_ref().take(length).read_to_end(buffer)?;
    Ok(read as u64 == length)
}
