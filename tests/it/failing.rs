//! Programs that fail, and what is told about it: each report is a snapshot.

use std::fs;

use crate::sim;

#[test]
fn each_failure_has_its_report() {
    let folder = sim::root().join("tests/failing");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../failing/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in sim::files_below(&folder) {
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        // `␠` is a blank within an argument.
        let arguments = text.lines().find_map(|line| line.strip_prefix("# arguments: "));
        let arguments: Vec<String> =
            arguments.unwrap_or("").split_whitespace().map(|word| word.replace('␠', " ")).collect();
        let file = format!("tests/failing/{name}.toml");
        let mut all = vec!["run", file.as_str()];
        all.extend(arguments.iter().map(String::as_str));
        let ended = sim::run(sim::root(), &all);
        assert_eq!(ended.code, Some(1), "{file}: {}", ended.stderr);
        settings.bind(|| insta::assert_snapshot!(name, ended.stderr));
    }
}
