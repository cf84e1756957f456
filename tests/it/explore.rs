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
