//! `sim explore` as a command.

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
        "        share  schedules  outcome
   1 ✗ 33.3 %          2  first = 'b'
   2 ✗ 33.3 %          2  first = 'c'
   3 ✓ 33.3 %          2  first = 'a'

complete: all 6 schedules

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
            format!("{} {}", words.last().unwrap(), words[words.len() - 4])
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
    let ended = place.run(&["explore", "answers.toml", "--runs", "40"]);
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
fn outcomes(place: &Place, strategy: &str) -> (Vec<String>, u64) {
    let arguments =
        ["explore", "x.toml", "--order", "any", "--strategy", strategy, "--format", "json"];
    let ended = place.run(&arguments);
    let document: serde_json::Value = serde_json::from_str(&ended.stdout).expect(&ended.stderr);
    assert_eq!(document["incomplete"], serde_json::json!([]), "{}", ended.stdout);
    let outcomes = document["outcomes"].as_array().unwrap();
    let mut shown: Vec<String> = outcomes
        .iter()
        .map(|outcome| format!("{} {} {}", outcome["ending"], outcome["finals"], outcome["output"]))
        .collect();
    shown.sort();
    (shown, document["runs"].as_u64().unwrap())
}

#[test]
fn what_is_left_out_loses_no_outcome() {
    let mut saved = 0;
    for program in PROGRAMS {
        let place = Place::new(&[("x.toml", program.as_bytes())]);
        let (all, every) = outcomes(&place, "naive");
        let (reduced, few) = outcomes(&place, "exhaustive");
        assert_eq!(reduced, all, "{program}");
        assert!(few <= every, "{program}");
        saved += every - few;
    }
    assert!(saved > 0, "nothing was left out");
}
