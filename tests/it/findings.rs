//! Programs with threads, locks and a late loop that go wrong unseen, or could: what is told about
//! it. Each is a snapshot of all that `sim run` says.

use crate::sim;

#[test]
fn each_finding_is_told() {
    let folder = sim::root().join("tests/findings");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../findings/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in sim::files_below(&folder) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if !path.extension().is_some_and(|extension| extension == "toml" || extension == "py") {
            continue;
        }
        let ended = sim::run(sim::root(), &["run", &format!("tests/findings/{name}")]);
        let code = ended.code.unwrap_or(-1);
        let told = format!("{}{}exit code {code}", ended.stdout, ended.stderr);
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}
