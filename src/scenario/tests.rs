use std::collections::BTreeSet;

use proptest::prelude::*;

use super::model::{Action, DurationExpr, Literal, PoolKind, Step};
use super::*;
use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{SourceFile, Span};
use crate::time::Duration;

/// A diagnostic as a few lines of plain text: enough to see what a user is told.
fn render(source: &SourceFile, found: &Diagnostic) -> String {
    let place = |span: Span| {
        format!("{} «{}»", source.position(span.start), source.slice(span).replace('\n', "⏎"))
    };
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = found.span.map_or_else(|| "file".to_owned(), place);
    let mut lines = vec![format!("{severity}: {}", found.message), format!("  at {at}")];
    lines.extend((!found.label.is_empty()).then(|| format!("  label: {}", found.label)));
    let related = |label: &Label| format!("  and {}: {}", place(label.span), label.text);
    lines.extend(found.related.iter().map(related));
    lines.extend(found.helps.iter().map(|help| format!("  help: {help}")));
    lines.extend(found.notes.iter().map(|note| format!("  note: {note}")));
    lines.join("\n") + "\n"
}

fn read(text: &str) -> (Option<Scenario>, Diagnostics, SourceFile) {
    let source = SourceFile::new("test.toml", text);
    let mut diagnostics = Diagnostics::default();
    let scenario = parse(source.clone(), &mut diagnostics);
    diagnostics.sort_by_place();
    (scenario, diagnostics, source)
}

fn told(text: &str) -> String {
    let (_, diagnostics, source) = read(text);
    diagnostics.iter().map(|found| render(&source, found)).collect()
}

/// The example of the format that the design gives.
const DESIGN: &str = include_str!("../../tests/fixtures/design_example.toml");

#[track_caller]
fn parsed(text: &str) -> Scenario {
    let (scenario, diagnostics, source) = read(text);
    let told: String = diagnostics.iter().map(|found| render(&source, found)).collect();
    assert!(diagnostics.is_empty(), "{told}");
    scenario.unwrap()
}

/// The steps of a coroutine `main`.
#[track_caller]
fn steps(text: &str) -> Vec<Step> {
    let scenario = parsed(&format!("[coroutines.main]\nsteps = [\n{text}\n]\n"));
    scenario.routines.into_iter().next().unwrap().steps
}

#[test]
fn the_design_example_is_read_without_a_word() {
    let scenario = parsed(DESIGN);
    assert_eq!(scenario.name, "Concurrent numbers and letters");
    assert_eq!(scenario.epoch.to_string(), "2023-10-29T12:00:00");
    assert_eq!((scenario.entry.text.as_str(), scenario.seed), ("main", 0));
    assert_eq!(scenario.runtime.cores, Some(4));
    assert_eq!(scenario.runtime.preempt_at_access, Some(false));
    assert_eq!(scenario.runtime.switch_interval, Some(Duration::from_millis(5)));
    let pools: Vec<_> = scenario
        .pools
        .iter()
        .map(|pool| (pool.name.text.as_str(), pool.kind, pool.max_workers, pool.start))
        .collect();
    assert_eq!(
        pools,
        [
            ("default", PoolKind::Thread, Some(8), Duration::ZERO),
            ("crunch", PoolKind::Process, Some(2), Duration::from_millis(40)),
        ]
    );
    let routines: Vec<_> =
        scenario.routines.iter().map(|routine| routine.name.text.as_str()).collect();
    assert_eq!(routines, ["print_numbers", "fetch", "crunch", "main"]);
    assert_eq!(scenario.expect.duration.unwrap().0, Duration::from_secs(3));
    assert_eq!(scenario.expect.outcome.unwrap().0, "completed");
}

#[test]
fn names_keep_the_order_of_the_file() {
    let scenario = parsed(
        "[globals]\nzeta = 1\nalpha = { y = 1, x = 2 }\n\n[coroutines.b]\nsteps = []\n\
         [functions.a]\nsteps = []\n[coroutines.main]\nsteps = []\n\
         [objects]\nq = \"Queue()\"\nl = \"Lock()\"\n",
    );
    let globals: Vec<_> = scenario.globals.iter().map(|global| &global.name.text).collect();
    assert_eq!(globals, ["zeta", "alpha"]);
    let pair = |key: &str, value| (key.to_owned(), Literal::Int(value));
    assert_eq!(scenario.globals[1].value, Literal::Dict(vec![pair("y", 1), pair("x", 2)]));
    let objects: Vec<_> = scenario.objects.iter().map(|object| &object.name.text).collect();
    assert_eq!(objects, ["q", "l"]);
    let routines: Vec<_> = scenario.routines.iter().map(|routine| &routine.name.text).collect();
    assert_eq!(routines, ["b", "a", "main"]);
}

#[test]
fn steps_may_be_arrays_of_tables() {
    let text = "[[coroutines.main.steps]]\nprint = \"a\"\n\n\
                [[coroutines.main.steps]]\nfor = \"i in xs\"\n\
                [[coroutines.main.steps.steps]]\nas = \"x\"\nawait = \"f(i)\"\n";
    let scenario = parsed(text);
    let steps = &scenario.routines[0].steps;
    assert_eq!(&text[steps[0].span.range()], "[[coroutines.main.steps]]\nprint = \"a\"");
    assert_eq!(&text[steps[1].key.range()], "for");
    let Action::For { steps: inner, .. } = &steps[1].action else { panic!() };
    let Action::Await { bind, .. } = &inner[0].action else { panic!() };
    assert_eq!(bind.as_ref().unwrap().text, "x");
}

#[test]
fn durations_are_numbers_texts_or_expressions() {
    #[track_caller]
    fn check(value: &str, expected: Option<u64>) {
        let steps = steps(&format!("{{ sleep = {value} }}"));
        let Action::Sleep { duration, .. } = &steps[0].action else { panic!() };
        let nanos = match duration {
            DurationExpr::Fixed(duration, _) => Some(duration.as_nanos()),
            DurationExpr::Seconds(_) => None,
        };
        assert_eq!(nanos, expected, "{value}");
    }
    check("0", Some(0));
    check("1.5", Some(1_500_000_000));
    check("0.1", Some(100_000_000));
    check("1e-9", Some(1));
    check("0x10", Some(16_000_000_000));
    check("\"250ms\"", Some(250_000_000));
    check("\"1h 30m\"", Some(5_400_000_000_000));
    check("\"2\"", Some(2_000_000_000));
    check("\"delay * 2\"", None);
    check("\"-delay\"", None);
    check("\"uniform(0.1, 0.5)\"", None);
    check("\"2 * delay\"", None);
    check("\"1 if fast else 2\"", None);
}

#[test]
fn jumps_belong_to_the_loop_around_them() {
    steps(
        "{ for = \"i in xs\", steps = [{ if = \"i\", steps = [{ break = true }], \
         else = [{ continue = true }] }] }",
    );
    steps("{ while = \"a\", steps = [{ try = [{ break = true }], finally = [{ pass = true }] }] }");
    steps(
        "{ while = \"a\", steps = [{ for = \"b in c\", steps = [], else = [{ break = true }] }] }",
    );
}

#[test]
fn functions_do_what_needs_no_await() {
    parsed(
        "[functions.f]\nsteps = [{ block = 1 }, { compute = \"x\" }, { print = \"{x}\" }, \
         { do = \"x = 1\" }, { call_soon = \"f()\" }, { create_task = \"main()\" }, \
         { return = true }]\n[coroutines.main]\nsteps = []\n",
    );
}

#[test]
fn what_was_wrong_has_a_placeholder() {
    let (scenario, diagnostics, _) = read(
        "[coroutines.main]\nsteps = [{ await = \"f(\", as = \"x\" }, { print = \"{\" }, \
         { return = \"x\" }]\n",
    );
    assert_eq!(diagnostics.len(), 2);
    let steps = &scenario.unwrap().routines[0].steps;
    let Action::Await { what, bind } = &steps[0].action else { panic!() };
    assert!(what.is_placeholder() && bind.is_some());
    let Action::Print(text) = &steps[1].action else { panic!() };
    assert!(text.is_placeholder());
    let Action::Return(Some(value)) = &steps[2].action else { panic!() };
    assert!(!value.is_placeholder());
}

#[test]
fn a_file_that_is_not_toml_is_no_scenario() {
    let (scenario, diagnostics, _) = read("seed = ?\n[coroutines.main]\nsteps = []\n");
    assert!(scenario.is_none() && diagnostics.has_errors());
}

#[test]
fn what_is_allowed_but_hardly_meant_is_a_warning() {
    let warned =
        told("[coroutines.main]\nsteps = [{ await = \"await f()\" }, { gather = \"f()\" }]\n");
    assert_eq!(warned.matches("warning:").count(), 2, "{warned}");
    assert_eq!(warned.matches("error:").count(), 0, "{warned}");
}

/// Files of a folder with their text, in order.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_rejected_file_is_rejected() {
    let mut messages = BTreeSet::new();
    for (name, text) in files("tests/rejected") {
        let (_, diagnostics, source) = read(&text);
        assert!(diagnostics.has_errors(), "{name} is accepted");
        for found in &diagnostics {
            let is_within = |span: Span| span.start <= span.end && span.end as usize <= text.len();
            let spans = found.span.into_iter().chain(found.related.iter().map(|label| label.span));
            assert!(spans.into_iter().all(is_within), "{name}: {}", render(&source, found));
            assert!(!found.message.ends_with('.'), "{name}: {}", found.message);
            messages.insert(found.message.clone());
        }
    }
    assert!(messages.len() >= 150, "only {} different messages", messages.len());
}

#[test]
fn mistakes_in_names_are_left_to_the_compiler() {
    let files = files("tests/rejected/names");
    assert!(files.len() >= 25);
    for (name, text) in files {
        let (scenario, diagnostics, source) = read(&text);
        let told: String = diagnostics.iter().map(|found| render(&source, found)).collect();
        assert!(scenario.is_some() && !diagnostics.has_errors(), "{name}: {told}");
    }
}

#[test]
fn nesting_is_bounded_everywhere() {
    const N: usize = 10_000;
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(N), close.repeat(N));
    let step = "[coroutines.main]\nsteps = ";
    for text in [
        format!("[globals]\na = {}", nested("[", "]")),
        format!("[globals]\na = {}", nested("{a = ", "}")),
        format!("[globals]\na = {}", "[".repeat(N)),
        format!("{step}{}", nested("[{ steps = ", "}]")),
        format!("{step}{}", nested("[{ while = 'a', steps = ", "}]")),
        format!("{step}[{{ return = '{}' }}]", nested("(", ")")),
        format!("{step}[{{ print = '{}' }}]", nested("{[", "]}")),
        format!("[{}]", vec!["a"; N].join(".")),
        format!("{} = 1", vec!["a"; N].join(".")),
        format!("[[coroutines.main.{}]]\nprint = 'a'", vec!["steps"; N].join(".")),
    ] {
        let (_, diagnostics, _) = read(&text);
        assert!(diagnostics.has_errors());
        assert!(diagnostics.len() < 100, "{}", &text[..60]);
    }
}

#[test]
fn large_files_take_little_time() {
    let started = std::time::Instant::now();
    let many = |line: &dyn Fn(usize) -> String| (0..20_000).map(line).collect::<Vec<_>>().concat();
    let garbage = many(&|i| format!("k{i} = \"a\" b [\n"));
    let steps = many(&|i| format!("  {{ slep{i} = 1, as = 2 }},\n"));
    let params = many(&|i| format!("\"p{i}\", "));
    let long = "x".repeat(500_000);
    let quotes = ["\"\"\" ".repeat(15_000), "'''\\\"\\\"\\\"".repeat(7_000)];
    let text = |print: &str| format!("[coroutines.main]\nsteps = [{{ print = {print} }}]\n");
    for text in [
        garbage.clone(),
        garbage.replace('\n', " "),
        format!("[coroutines.main]\nsteps = [\n{steps}]\n"),
        format!("[coroutines.main]\nparams = [{params}]\nsteps = []\n"),
        format!("{long} = 1\n[coroutines.main]\nsteps = []\n"),
        format!("[coroutines.main]\nsteps = [{{ {long} = 1 }}]\n"),
        text(&format!("'''{}'''", quotes[0])),
        text(&format!("\"{}\"", quotes[1])),
    ] {
        read(&text);
    }
    // A bound that only a quadratic slip would reach.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_file_panics(text in "\\PC*") {
        read(&text);
    }

    #[test]
    fn nothing_made_of_the_formats_own_pieces_panics(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "[coroutines.main]\n", "[[coroutines.main.steps]]\n", "[functions.f]\n",
                "[pools.p]\n", "[expect]\n", "[globals]\n", "[objects]\n", "[runtime]\n",
                "steps = ", "params = ", "[", "]", "{ ", " }", ", ", "\n", " = ", "1", "-1.5",
                "true", "nan", "\"f(1)\"", "\"{x}\"", "\"a, b = 1\"", "'x'", "\"\"\"", "print",
                "sleep", "for", "steps", "try", "except", "as", "gather", "kind", "outcome",
                "\"raises X\"", "finally", "2023-10-29", "#", "\\", "\u{1F600}",
            ]),
            0..40,
        ),
    ) {
        read(&pieces.concat());
    }

    #[test]
    fn no_mutation_of_a_valid_file_panics(
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..8, "\\PC{0,3}|[\"'{}\\[\\]=,\n]"),
            1..6,
        ),
    ) {
        let mut chars: Vec<char> = DESIGN.chars().collect();
        for (at, removed, inserted) in cuts {
            let at = at.index(chars.len());
            let end = (at + removed).min(chars.len());
            chars.splice(at..end, inserted.chars());
        }
        let text: String = chars.into_iter().collect();
        let (scenario, diagnostics, _) = read(&text);
        prop_assert!(scenario.is_some() || diagnostics.has_errors());
        for found in &diagnostics {
            let span = found.span.unwrap_or_default();
            prop_assert!(span.start <= span.end && span.end as usize <= text.len());
        }
    }
}
