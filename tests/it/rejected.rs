//! Files with mistakes, and what they are told: each message is a snapshot.

use crate::sim;

/// Mistakes that show only when the program runs, as in Python. What is rejected one day has to go
/// from here.
const SHOW_WHEN_RUN: [&str; 1] = ["names/attribute_unknown"];

#[test]
fn each_mistake_has_its_message() {
    let mut n_files = 0;
    let mut accepted = Vec::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../rejected/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let folder = sim::root().join("tests/rejected");
    for path in sim::files_below(&folder) {
        let name = path.strip_prefix(&folder).unwrap().with_extension("");
        let name = name.to_str().unwrap();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let Some(extension @ ("toml" | "py")) = extension else { continue };
        n_files += 1;
        let shown = format!("tests/rejected/{name}.{extension}");
        let ended = sim::run(sim::root(), &["check", &shown]);
        if ended.code != Some(3) {
            assert_eq!(ended.code, Some(0), "{shown}: {}", ended.stderr);
            accepted.push(name.to_owned());
            continue;
        }
        assert_eq!(ended.stdout, "", "{shown}");
        settings.bind(|| insta::assert_snapshot!(name, ended.stderr));
    }
    assert_eq!(accepted, SHOW_WHEN_RUN);
    assert!(n_files >= 40, "{n_files} files");
}
