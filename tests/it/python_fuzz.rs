//! Any bytes as a Python file: no panic, no hang, whatever they are.
//!
//! `LOOPSIM_FUZZ_SECONDS` runs the mutations of the corpus for that long.

use std::cell::RefCell;
use std::fs;
use std::time::{Duration, Instant};

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::scenario::model::Runtime;
use loopsim::simulation::{Options, Recording};
use loopsim::source::SourceFile;
use loopsim::{compile, python, simulation};
use proptest::prelude::*;

use crate::sim;

/// Parses, compiles and runs a text, within narrow bounds. Whether it came to run.
fn try_all(text: &str) -> bool {
    let text = text.to_owned();
    // As the command does: programs may nest deeply.
    let worker = std::thread::Builder::new().stack_size(256 << 20);
    worker.spawn(move || try_here(&text)).unwrap().join().unwrap()
}

fn try_here(text: &str) -> bool {
    let mut diagnostics = Diagnostics::default();
    let source = SourceFile::new("fuzz.py", text);
    let Some(module) = python::parse(source, &mut diagnostics) else { return false };
    let (program, _) = compile::python(&module, &Runtime::default());
    let Some(program) = program else { return false };
    let mut options = Options::of(&program);
    options.recording = Recording::Off;
    options.limits.operations = 200_000;
    options.limits.memory = 64 << 20;
    options.limits.handles = 20_000;
    options.limits.output = 10_000;
    options.limits.instant_iterations = 10_000;
    drop(simulation::run(&program, options, Box::new(Unattended)));
    true
}

/// The programs of the corpus.
fn corpus() -> Vec<String> {
    let files = sim::files_below(&sim::root().join("tests/python")).into_iter();
    let programs = files.filter(|path| path.extension().is_some_and(|e| e == "py"));
    programs.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Small numbers from one, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n.max(1) as u64).unwrap()
    }
}

const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "=",
    ":=",
    "*",
    "**",
    "@",
    "->",
    ".",
    "\n",
    "    ",
    "lambda x: ",
    "yield ",
    "await ",
    "async ",
    "return ",
    "class A: ",
    "def f(): ",
    "global x\n",
    "nonlocal x\n",
    "del x",
    "raise",
    "try:\n",
    "finally:\n",
    "except* E:\n",
    "match x:\n",
    "case _:",
    "1e309",
    "10**100",
    "'''",
    "f'{",
    "f'{x!r:>{y}}'",
    "\\",
    "\u{0}",
    "é",
    "super()",
    "__class__",
    "None",
    "import asyncio\n",
    "from x import *\n",
    "for i in range(3):\n",
    "while 1: ",
    "if x: ",
];

/// The text with a few changes.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(letters.len() + 1);
        let until = (at + dice.below(30)).min(letters.len());
        match dice.below(5) {
            0 => drop(letters.drain(at..until)),
            1 => {
                let piece = PIECES[dice.below(PIECES.len())];
                drop(letters.splice(at..at, piece.chars()));
            }
            2 => {
                let copy: Vec<char> = letters[at..until].to_vec();
                let to = dice.below(letters.len() + 1);
                drop(letters.splice(to..to, copy));
            }
            3 => {
                let lines: Vec<&str> = text.lines().collect();
                let line = format!("{}\n", lines[dice.below(lines.len())]);
                drop(letters.splice(at..at, line.chars()));
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())];
                drop(letters.splice(at..until, piece.chars()));
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn mutations_of_programs_are_no_danger() {
    let corpus = corpus();
    let mut dice = Dice(0x5eed);
    let seconds = std::env::var("LOOPSIM_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let (mut tried, mut ran) = (0_u64, 0_u64);
    let last = RefCell::new(String::new());
    while until.map_or(tried < 150, |until| Instant::now() < until) {
        let text = mutated(&corpus[dice.below(corpus.len())], &mut dice);
        last.replace(text.clone());
        if until.is_some() {
            // What was tried last is there when something has gone wrong.
            fs::write(std::env::temp_dir().join("loopsim_fuzz.py"), &text).unwrap();
        }
        ran += u64::from(try_all(&text));
        tried += 1;
    }
    eprintln!("{tried} texts tried, {ran} of them ran");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_no_danger(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        try_all(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_pieces_are_no_danger(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        try_all(&pieces.concat());
    }
}
