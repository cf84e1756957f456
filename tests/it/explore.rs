//! `sim explore` as a command.

use rayon::prelude::*;

use crate::sim::Place;

/// Answers of one instant: whose is first is up to the outside.
fn answers(n: usize) -> String {
    let names: String = ('a'..='z').take(n).collect();
    format!(
        r#"
[globals]
first = "nobody"
[coroutines.ask]
params = ["name"]
steps = [
  {{ io = "10ms" }},
  {{ if = "first == 'nobody'", steps = [{{ do = "first = name" }}] }},
]
[coroutines.main]
steps = [{{ gather = "ask(name) for name in '{names}'" }}]
[expect]
finally = ["first == 'a'"]
"#
    )
}

fn place(n: usize) -> Place {
    Place::new(&[("answers.toml", answers(n).as_bytes())])
}

#[test]
fn outcomes_are_told_with_schedules_that_show_them() {
    let place = place(3);
    let ended = place.run(&["explore", "answers.toml"]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(
        ended.stdout,
        "         share  schedules  classes  outcome
   1 ✗ ~33.2 %          2        1  first = 'b'
   2 ✗ ~32.3 %          2        1  first = 'c'
   3 ✓ ~34.5 %          2        1  first = 'a'

complete: all 6 schedules (3 classes), in 3 runs
shares: of 1,000 schedules that a random scheduler drew

   1 ✗ first = 'b'
       finally: `first == 'a'` is false (answers.toml:13)
       sim run answers.toml --schedule 'v1 0:completion=Task-3'
       1 unusual choice
   2 ✗ first = 'c'
       finally: `first == 'a'` is false (answers.toml:13)
       sim run answers.toml --schedule 'v1 0:completion=Task-4'
       1 unusual choice
   3 ✓ first = 'a'
       sim run answers.toml
       the usual order

look closer: sim view answers.toml --schedule 'v1 0:completion=Task-3'
"
    );
    let schedule = "v1 0:completion=Task-3";
    let replayed = place.run(&["run", "answers.toml", "--schedule", schedule]);
    assert_eq!(replayed.code, Some(1), "{replayed:?}");
    assert!(replayed.stderr.contains("`first == 'a'` is false"), "{replayed:?}");
}

#[test]
fn a_step_that_does_not_fit_is_told_by_name() {
    let ended = place(3).run(&["run", "answers.toml", "--schedule", "v1 0:completion=Task-9"]);
    assert_eq!(ended.code, Some(1));
    let told = "step `0:completion=Task-9` of the schedule does not fit: here a completion is \
                chosen among Task-2, Task-3, Task-4";
    assert!(ended.stderr.contains(told), "{}", ended.stderr);
}

#[test]
fn parts_put_together_are_the_whole_for_any_number_of_threads() {
    let place = place(5);
    let whole = place.run(&["explore", "answers.toml", "--threads", "1"]).stdout;
    assert_eq!(place.run(&["explore", "answers.toml", "--threads", "3"]).stdout, whole);
    for part in ["1/3", "2/3", "3/3"] {
        let file = format!("part{}.json", &part[..1]);
        let ended = place.run(&["explore", "answers.toml", "--shard", part, "--save", &file]);
        assert!(ended.stdout.contains("this is only part"), "{}", ended.stdout);
    }
    let two = place.run(&["explore", "merge", "part1.json", "part3.json"]).stdout;
    assert!(two.contains("not complete") && two.contains("part 1/3, 3/3"), "{two}");
    let merged = place.run(&["explore", "merge", "part3.json", "part1.json", "part2.json"]);
    let counts = |text: &str| -> Vec<String> {
        let rows = text.lines().skip(1).take_while(|line| !line.is_empty());
        let columns = rows.map(|row| {
            let words: Vec<&str> = row.split_whitespace().collect();
            format!("{} {}", words.last().unwrap(), words[words.len() - 5])
        });
        let mut columns: Vec<String> = columns.collect();
        columns.sort();
        columns
    };
    assert_eq!(counts(&merged.stdout), counts(&whole), "{}{whole}", merged.stdout);
    assert!(merged.stdout.contains("complete: all 120 schedules"), "{}", merged.stdout);
    let twice = place.run(&["explore", "merge", "part1.json", "part1.json"]);
    assert_eq!(twice.code, Some(4));
    assert!(twice.stderr.contains("part 1 of 3 is there twice"), "{}", twice.stderr);
}

#[test]
fn a_search_that_is_not_complete_says_why() {
    let place = place(20);
    let ended = place.run(&["explore", "answers.toml", "--strategy", "naive", "--runs", "40"]);
    let told = "the budget of runs was used up, at about <0.1 % of the search";
    assert!(ended.stdout.contains(told), "{}", ended.stdout);
    let ended = place.run(&["explore", "answers.toml", "--strategy", "random", "--runs", "60"]);
    assert!(ended.stdout.contains("schedules were drawn"), "{}", ended.stdout);
    assert_eq!(ended.code, Some(1));
}

#[test]
fn one_order_that_is_right_is_fine() {
    let ended = place(1).run(&["explore", "answers.toml", "--format", "json"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let document: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(document["outcomes"][0]["schedules"], 1);
    assert_eq!(document["outcomes"][0]["finals"][0][1], "'a'");
}

/// Programs that use shared things in many ways, each with few enough schedules to try them all.
const PROGRAMS: [&str; 6] = [
    // Variables of their own, and one that is shared.
    r#"
[globals]
a = 0
b = 0
c = 0
[coroutines.one]
steps = [{ do = "a = 1" }, { sleep = 0 }, { do = "c = c * 2 + 1" }]
[coroutines.two]
steps = [{ do = "b = 2" }, { sleep = 0 }, { do = "c = c * 2 + b" }]
[coroutines.main]
steps = [{ gather = ["one()", "two()"] }]
"#,
    // A list, and texts that are printed.
    r#"
[objects]
log = "[]"
[coroutines.say]
params = ["name"]
steps = [{ do = "log.append(name)" }, { sleep = 0 }, { print = "{name} {len(log)}" }]
[coroutines.main]
steps = [{ gather = ["say('x')", "say('y')"] }]
"#,
    // A lock: whoever comes first goes first.
    r#"
[objects]
lock = "Lock()"
order = "[]"
[coroutines.hold]
params = ["name"]
steps = [{ with = "lock", steps = [{ do = "order.append(name)" }, { sleep = 0 }] }]
[coroutines.main]
steps = [{ gather = ["hold('x')", "hold('y')"] }]
"#,
    // A child that fails, and one that is cancelled or not.
    r#"
[globals]
done = 0
[coroutines.fails]
steps = [{ sleep = 0 }, { raise = "ValueError('no')" }]
[coroutines.works]
steps = [{ sleep = 0 }, { do = "done += 1" }, { sleep = 0 }, { do = "done += 1" }]
[coroutines.main]
steps = [
  { create_task = "works()", as = "other" },
  { try = [{ gather = ["fails()", "other"] }], except = [
    { type = "ValueError", steps = [{ do = "other.cancel()" }] },
  ] },
]
"#,
    // Tasks that wait for tasks, and timers of one instant.
    r#"
[globals]
seen = 0
[coroutines.sleeper]
params = ["n"]
steps = [{ sleep = 1 }, { do = "seen = seen * 3 + n" }, { return = "n" }]
[coroutines.waiter]
params = ["task"]
steps = [{ await = "task", as = "n" }, { do = "seen = seen * 3 + n" }]
[coroutines.main]
steps = [
  { create_task = "sleeper(1)", as = "t" },
  { gather = ["waiter(t)", "sleeper(2)"] },
]
"#,
    // Names that tasks are given in the order of their creation.
    r#"
[globals]
names = ""
[coroutines.leaf]
steps = [{ pass = true }]
[coroutines.branch]
params = ["n"]
steps = [{ create_task = "leaf()", as = "t" }, { do = "names = names + str(n) + t.get_name()" }, { await = "t" }]
[coroutines.main]
steps = [{ gather = ["branch(1)", "branch(2)"] }]
"#,
];

/// What a search finds: outcomes, and how many runs it took.
fn outcomes(place: &Place, strategy: &str, open: &[&str]) -> (Vec<String>, u64) {
    complete_outcomes(place, strategy, open).expect("the search is not complete")
}

/// The same; `None` if the search is not complete.
fn complete_outcomes(place: &Place, strategy: &str, open: &[&str]) -> Option<(Vec<String>, u64)> {
    let arguments = ["explore", "x.toml", "--strategy", strategy, "--format", "json"];
    let ended = place.run(&[&arguments[..], &["--draws", "0"], open].concat());
    let document: serde_json::Value = serde_json::from_str(&ended.stdout).expect(&ended.stderr);
    if document["incomplete"] != serde_json::json!([]) {
        return None;
    }
    let outcomes = document["outcomes"].as_array().unwrap();
    let mut shown: Vec<String> = outcomes
        .iter()
        .map(|outcome| format!("{} {} {}", outcome["ending"], outcome["finals"], outcome["output"]))
        .collect();
    shown.sort();
    Some((shown, document["runs"].as_u64().unwrap()))
}

#[test]
fn what_is_left_out_loses_no_outcome() {
    let mut saved = 0;
    for program in PROGRAMS {
        let place = Place::new(&[("x.toml", program.as_bytes())]);
        let (all, every) = outcomes(&place, "naive", &["--order", "any"]);
        let (reduced, few) = outcomes(&place, "exhaustive", &["--order", "any"]);
        assert_eq!(reduced, all, "{program}");
        assert!(few <= every, "{program}");
        saved += every - few;
    }
    assert!(saved > 0, "nothing was left out");
}

#[test]
fn what_replays_an_outcome_says_the_options_again() {
    let program = r#"
[coroutines.polite]
steps = [{ while = "True", steps = [{ sleep = 0 }] }]
[coroutines.main]
steps = [{ gather = ["polite()", "polite()"] }]
"#;
    let place = Place::new(&[("x.toml", program.as_bytes())]);
    let limit = ["--limit", "instant_iterations=500"];
    let ended =
        place.run(&[&["explore", "x.toml", "--set", "runtime.cores=3"][..], &limit].concat());
    let wanted = "reached its limit of 500 iterations at one instant";
    assert_eq!(ended.code, Some(1), "{}", ended.stdout);
    assert!(ended.stdout.contains(wanted), "{}", ended.stdout);
    let command = ended.stdout.lines().find_map(|line| line.trim().strip_prefix("sim run "));
    let words: Vec<&str> = command.expect(&ended.stdout).split(' ').collect();
    assert!(words.contains(&"runtime.cores=3"), "{words:?}");
    let again = place.run(&[&["run"][..], &words].concat());
    assert!(again.stderr.contains("500 iterations"), "{}", again.stderr);
}

/// How many schedules a program has, how many of them fail, and how many classes there are.
fn counts(program: &str) -> (u64, u64, u64) {
    counts_of("x.toml", program)
}

fn counts_of(file: &str, program: &str) -> (u64, u64, u64) {
    let place = Place::new(&[(file, program.as_bytes())]);
    let ended = place.run(&["explore", file, "--draws", "0", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ended.stdout).expect(&ended.stderr);
    assert_eq!(document["incomplete"], serde_json::json!([]), "{program}{}", ended.stdout);
    let outcomes = document["outcomes"].as_array().unwrap();
    let sum = |of: &str, only_failures: bool| -> u64 {
        let counted = outcomes.iter().filter(|o| !only_failures || o["is_failure"] == true);
        counted.map(|outcome| outcome[of].as_u64().unwrap_or(0)).sum()
    };
    (sum("schedules", false), sum("schedules", true), sum("classes", false))
}

/// A program of threads that each run one of some functions.
fn threads(head: &str, functions: &[(&str, &str)]) -> String {
    let mut program = head.to_owned();
    let (mut starts, mut joins) = (String::new(), String::new());
    for (index, (name, steps)) in functions.iter().enumerate() {
        if !program.contains(&format!("[functions.{name}]")) {
            program.push_str(&format!("[functions.{name}]\nsteps = [{steps}]\n"));
        }
        starts.push_str(&format!("  {{ start_thread = \"{name}()\", as = \"t{index}\" }},\n"));
        joins.push_str(&format!("  {{ join = \"t{index}\" }},\n"));
    }
    format!("{program}[coroutines.main]\nsteps = [\n{starts}{joins}]\n")
}

const COUNTER: &str = "[runtime]\npreempt = \"access\"\n[globals]\ncounter = 0\n";
const LOCKS: &str = "[objects]\na = \"ThreadLock()\"\nb = \"ThreadLock()\"\n";

#[test]
fn threads_without_a_lock_have_the_square_of_n_factorial_classes() {
    let increment = ("increment", r#"{ do = "counter = counter + 1" }"#);
    for (n, schedules, classes) in [(2, 6, 4), (3, 90, 36), (4, 2520, 576)] {
        let program = threads(COUNTER, &vec![increment; n]);
        assert_eq!(counts(&program), (schedules, 0, classes), "{n} threads");
    }
}

/// Neither the list of threads nor what `threading` keeps of them adds anything.
#[test]
fn threads_of_python_have_as_many() {
    let program = include_str!("../../scenarios/explore/lost_update.py");
    for (n, schedules, classes) in [(2, 6, 4), (3, 90, 36)] {
        let program = program.replace("range(2)", &format!("range({n})"));
        assert_eq!(counts_of("x.py", &program), (schedules, 0, classes), "{n} threads");
    }
}

#[test]
fn threads_with_a_lock_have_n_factorial_classes() {
    let head = format!("{COUNTER}[objects]\na = \"ThreadLock()\"\n");
    let steps = r#"{ do = "a.acquire()" }, { do = "counter += 1" }, { do = "a.release()" }"#;
    for (n, classes) in [(2, 2), (3, 6)] {
        let program = threads(&head, &vec![("increment", steps); n]);
        assert_eq!(counts(&program), (classes, 0, classes), "{n} threads");
    }
}

#[test]
fn locked_blocks_of_two_threads_are_merged_in_every_way() {
    let block = r#"{ do = "a.acquire()" }, { do = "a.release()" },"#;
    for (blocks, merges) in [(1, 2), (2, 6), (3, 20)] {
        let steps = block.repeat(blocks);
        let program = threads(LOCKS, &[("block", steps.as_str()); 2]);
        assert_eq!(counts(&program), (merges, 0, merges), "{blocks} blocks");
    }
}

#[test]
fn locks_in_opposite_orders_deadlock_in_two_of_six_schedules() {
    let one = r#"{ do = "a.acquire()" }, { do = "b.acquire()" }, { do = "b.release()" }, { do = "a.release()" }"#;
    let other = r#"{ do = "b.acquire()" }, { do = "a.acquire()" }, { do = "a.release()" }, { do = "b.release()" }"#;
    assert_eq!(counts(&threads(LOCKS, &[("one", one), ("other", other)])), (6, 2, 3));
}

#[test]
fn three_philosophers_have_168_schedules() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/explore/three_philosophers.toml");
    let program = std::fs::read_to_string(path).unwrap();
    assert_eq!(counts(&program), (168, 6, 7));
}

#[test]
fn litmus_tests_have_the_outcomes_of_sequential_consistency() {
    let head = "[runtime]\npreempt = \"access\"\n[globals]\nx = 0\ny = 0\np = 0\nq = 0\n";
    let set = |name: &str| format!("{{ do = \"{name} = 1\" }},");
    let see = |into: &str, name: &str| format!("{{ do = \"{into} = {name}\" }},");
    let tests = [
        ("store buffering", set("x") + &see("p", "y"), set("y") + &see("q", "x")),
        ("message passing", set("x") + &set("y"), see("p", "y") + &see("q", "x")),
        ("load buffering", see("p", "x") + &set("y"), see("q", "y") + &set("x")),
    ];
    for (name, one, other) in tests {
        let program = threads(head, &[("one", &one), ("other", &other)]);
        let place = Place::new(&[("x.toml", program.as_bytes())]);
        let ended = place.run(&["explore", "x.toml", "--draws", "0", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(document["outcomes"].as_array().unwrap().len(), 3, "{name}{}", ended.stdout);
    }
}

#[test]
fn answers_that_do_not_depend_on_each_other_are_not_permuted() {
    // Each of eight answers changes something of its own: one run stands for 8! schedules.
    let program = r#"
[objects]
seen = "{}"
[globals]
total = 0
[coroutines.ask]
params = ["name"]
steps = [{ io = "10ms" }, { return = "name * 2" }]
[coroutines.main]
steps = [{ gather = "ask(n) for n in range(8)", as = "all" }, { do = "total = sum(all)" }]
"#;
    assert_eq!(counts(program), (40_320, 0, 1));
    // Of three answers two change the same: the third can come at any time.
    let program = r#"
[globals]
a = 0
b = 0
[coroutines.one]
params = ["n"]
steps = [{ io = "10ms" }, { do = "a = a * 2 + n" }]
[coroutines.other]
steps = [{ io = "10ms" }, { do = "b = 1" }]
[coroutines.main]
steps = [{ gather = ["one(1)", "other()", "one(2)"] }]
"#;
    assert_eq!(counts(program), (6, 0, 2));
}

#[test]
fn every_schedule_that_is_shown_leads_where_it_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/explore");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let place = Place::new(&[(name, &text)]);
        let ended = place.run(&["explore", name, "--draws", "0", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&ended.stdout).expect(&ended.stderr);
        let outcomes = document["outcomes"].as_array().unwrap();
        assert!(!outcomes.is_empty(), "{name}");
        for outcome in outcomes.iter().take(3) {
            let schedule = outcome["schedule"].as_str().unwrap();
            let run = place.run(&["run", name, "--schedule", schedule]);
            let fails = outcome["is_failure"] == true;
            assert_eq!(run.code, Some(i32::from(fails)), "{name} {schedule} {}", run.stderr);
        }
    }
}

#[test]
fn a_search_that_is_too_large_goes_on_in_widening_bounds() {
    let loop_of_calls =
        r#"{ for = "_ in range(30)", steps = [{ do = "counter = same(counter) + 1" }] }"#;
    let head = "[globals]\ncounter = 0\n[functions.same]\nparams = [\"x\"]\nsteps = [{ return = \"x\" }]\n";
    let program = threads(head, &[("count", loop_of_calls); 2]);
    let place = Place::new(&[("x.toml", program.as_bytes())]);
    let arguments = ["explore", "x.toml", "--draws", "0", "--runs", "1200"];
    let ended = place.run(&arguments);
    assert!(ended.stdout.contains("the budget of runs was used up"), "{}", ended.stdout);
    assert!(ended.stdout.contains("with at most 1 preemption was covered"), "{}", ended.stdout);
    // The same on any number of cores.
    let on_one = place.run(&[&arguments[..], &["--threads", "1"]].concat());
    assert_eq!(on_one.stdout, ended.stdout);
}

/// Small numbers that look random.
struct Numbers(u64);

impl Numbers {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[usize::try_from(self.0 >> 33).unwrap() % from.len()]
    }

    fn steps(&mut self, n: usize, from: &[&str]) -> String {
        (0..n).map(|_| self.pick(from)).collect::<Vec<_>>().join(", ")
    }
}

#[test]
fn reduced_and_full_search_agree_on_random_programs_of_threads() {
    let head = "[runtime]\npreempt = \"access\"\n[globals]\nx = 0\ny = 0\n\
                [objects]\na = \"ThreadLock()\"\nb = \"ThreadLock()\"\nlog = \"[]\"\n";
    let all = [
        r#"{ do = "x = 7" }"#,
        r#"{ do = "y = y + 1" }"#,
        r#"{ do = "x = y" }"#,
        r#"{ do = "log.append(x)" }"#,
        r#"{ do = "a.acquire()" }, { do = "x = 1" }, { do = "a.release()" }"#,
        r#"{ do = "a.acquire()" }, { do = "b.acquire()" }, { do = "b.release()" }, { do = "a.release()" }"#,
        r#"{ do = "b.acquire()" }, { do = "a.acquire()" }, { do = "a.release()" }, { do = "b.release()" }"#,
    ];
    // Even two threads of one step each have thousands of schedules, with those that start them.
    let compare = |seed| {
        let mut numbers = Numbers(seed);
        let (one, other) = (numbers.steps(1, &all), numbers.steps(1, &all));
        let program = threads(head, &[("one", &one), ("other", &other)]);
        let place = Place::new(&[("x.toml", program.as_bytes())]);
        let (reduced, few) = outcomes(&place, "exhaustive", &[]);
        let all = complete_outcomes(&place, "naive", &["--runs", "20000"]);
        let (naive, every) = all?;
        assert_eq!(reduced, naive, "{program}");
        assert!(few <= every, "{program}");
        Some(())
    };
    let compared = (0..3).into_par_iter().filter_map(compare).count();
    assert!(compared > 1, "{compared} programs");
}

#[test]
fn reduced_and_full_search_agree_on_random_programs_of_tasks() {
    let all = [
        r#"{ do = "x = x * 3 + n" }"#,
        r#"{ do = "y = y + 1" }"#,
        "{ sleep = 0 }",
        "{ sleep = 1 }",
        r#"{ io = "10ms" }"#,
        r#"{ do = "log.append(n)" }"#,
        r#"{ with = "lock", steps = [{ do = "log.append(-n)" }, { sleep = 0 }] }"#,
        r#"{ do = "event.set()" }"#,
        r#"{ await = "event.wait()" }"#,
        r#"{ do = "mine = mine + n" }"#,
    ];
    for seed in 0..25 {
        let mut numbers = Numbers(seed);
        let mut program = "[globals]\nx = 0\ny = 0\n[objects]\nlog = \"[]\"\nlock = \"Lock()\"\n\
                           event = \"Event()\"\n"
            .to_owned();
        for name in ["one", "two", "three"] {
            let steps = numbers.steps(3, &all);
            program.push_str(&format!(
                "[coroutines.{name}]\nparams = [\"n\"]\nsteps = [{{ do = \"mine = 0\" }}, \
                 {{ io = \"10ms\" }}, {steps}]\n"
            ));
        }
        program.push_str(
            "[coroutines.main]\nsteps = [{ gather = [\"one(1)\", \"two(2)\", \"three(3)\"] }]\n",
        );
        let place = Place::new(&[("x.toml", program.as_bytes())]);
        let (naive, every) = outcomes(&place, "naive", &["--runs", "20000"]);
        let (reduced, few) = outcomes(&place, "exhaustive", &[]);
        assert_eq!(reduced, naive, "seed {seed}: {program}");
        assert!(few <= every, "{program}");
    }
}
