//! Who used what in the run that is being followed: for each shared thing the uses of it, the
//! latest first.

use rustc_hash::FxHashMap;

use crate::executor::{Access, Mode};

/// A use of something by a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) node: u32,
    pub(super) mode: Mode,
    object: u64,
    /// The use of the same thing before, and the one that is more than a read.
    before: Option<u32>,
    strong_before: Option<u32>,
}

impl Use {
    #[inline]
    pub(super) fn access(&self) -> Access {
        Access { object: self.object, mode: self.mode }
    }
}

/// The latest uses of something.
#[derive(Clone, Copy, Debug, Default)]
struct Latest {
    any: Option<u32>,
    strong: Option<u32>,
}

/// All uses of the run so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    all: Vec<Use>,
    latest: FxHashMap<u64, Latest>,
}

impl Uses {
    /// A step has used something.
    pub(super) fn add(&mut self, node: usize, accesses: &[Access]) {
        for access in accesses {
            let at = u32::try_from(self.all.len()).ok();
            let latest = self.latest.entry(access.object).or_default();
            self.all.push(Use {
                node: u32::try_from(node).unwrap_or(u32::MAX),
                mode: access.mode,
                object: access.object,
                before: latest.any,
                strong_before: latest.strong,
            });
            latest.any = at;
            if access.mode != Mode::Read {
                latest.strong = at;
            }
        }
    }

    /// Forgets what steps from that one on have used.
    pub(super) fn forget_from(&mut self, node: usize) {
        while let Some(last) = self.all.pop_if(|last| last.node as usize >= node) {
            if let Some(latest) = self.latest.get_mut(&last.object) {
                latest.any = last.before;
                latest.strong = last.strong_before;
            }
        }
    }

    pub(super) fn get(&self, at: u32) -> Use {
        self.all[at as usize]
    }

    /// The latest use that an access can depend on.
    #[inline]
    pub(super) fn latest(&self, access: Access) -> Option<u32> {
        let latest = self.latest.get(&access.object)?;
        if access.mode == Mode::Read { latest.strong } else { latest.any }
    }

    /// The one before that such an access can depend on.
    #[inline]
    pub(super) fn before(&self, at: u32, mode: Mode) -> Option<u32> {
        let used = &self.all[at as usize];
        if mode == Mode::Read { used.strong_before } else { used.before }
    }
}
