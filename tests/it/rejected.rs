//! Files with mistakes, and what they are told: each message is a snapshot.

use crate::sim;

#[test]
fn each_mistake_has_its_message() {
    let mut n_files = 0;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../rejected/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in sim::files_below(&sim::root().join("tests/rejected")) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        n_files += 1;
        let shown = format!("tests/rejected/{name}.toml");
        let ended = sim::run(sim::root(), &["check", &shown]);
        assert_eq!(ended.code, Some(3), "{shown} is not rejected: {}", ended.stderr);
        assert_eq!(ended.stdout, "", "{shown}");
        settings.bind(|| insta::assert_snapshot!(name, ended.stderr));
    }
    assert!(n_files >= 40, "{n_files} files");
}
