//! What to do when `sim` itself is broken: say so, and ask for a report.

use std::panic::PanicHookInfo;

/// Makes every panic end with a request to report it.
pub(super) fn ask_for_reports() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        usual(info);
        let request = request(info);
        std::io::Write::write_all(&mut std::io::stderr(), request.as_bytes()).unwrap_or_default();
    }));
}

fn request(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let command: Vec<String> =
        std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    format!(
        "\n\
         This is a bug in sim, not in your program. Please report it, with the files it was given:\n\
         \n  \
         sim {version} panicked{place}\n  \
         {command}\n",
        version = env!("CARGO_PKG_VERSION"),
        command = command.join(" "),
    )
}
