//! A run as one page: the timeline, every event with its causes, the program. It opens in any
//! browser, asks nothing of any network, and can be sent to somebody who has no `sim`.

use serde_json::json;

use super::svg::{LEFT, PLOT, Picture, STYLE, escaped};
use crate::analysis::lives::Axis;
use crate::analysis::{describe, place};
use crate::trace::Trace;

const PAGE_STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// More events would make the page slow; the first ones are listed, and the page says so.
const MAX_EVENTS: usize = 20_000;

/// The page of a trace.
pub fn html(trace: &Trace) -> String {
    let picture = Picture::new(trace);
    let title = match trace.header().program.as_str() {
        "" => "a run",
        program => program,
    };
    let notice = match trace.len() {
        n if n > MAX_EVENTS => {
            format!("<p class=\"notice\">The first {MAX_EVENTS} of {n} events are listed.</p>\n")
        }
        _ => String::new(),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title} – sim</title>\n<style>\n{STYLE}\n{PAGE_STYLE}</style>\n</head>\n<body>\n\
         <div id=\"timeline\">\n{}</div>\n{notice}\
         <p id=\"keys\"><kbd>.</kbd> <kbd>,</kbd> step &ensp; <kbd>[</kbd> cause &ensp; \
         <kbd>]</kbd> effect &ensp; <kbd>/</kbd> filter &ensp; click a lane or an event &ensp; \
         <input id=\"filter\" placeholder=\"filter events\" aria-label=\"filter events\"></p>\n\
         <main>\n<section><table id=\"events\"><thead><tr><th>#</th><th>time</th><th>what</th>\
         <th>where</th></tr></thead><tbody></tbody></table></section>\n\
         <aside><h2>Why</h2><ol id=\"why\"></ol><h2>Output so far</h2><pre id=\"output\"></pre>\
         <h2>Program</h2><pre id=\"source\"></pre></aside>\n</main>\n\
         <script type=\"application/json\" id=\"trace\">{}</script>\n<script>\n{SCRIPT}</script>\n\
         </body>\n</html>\n",
        picture.draw(""),
        data(trace, &picture),
        title = escaped(title),
    )
}

/// What the script reads. `<` is written otherwise, so that no text can end the element.
fn data(trace: &Trace, picture: &Picture<'_>) -> String {
    let events: Vec<_> = trace
        .events()
        .take(MAX_EVENTS)
        .map(|event| {
            let site = trace.site(event.site);
            json!([
                event.at.to_string(),
                match picture.axis {
                    Axis::Time => event.at.as_nanos(),
                    Axis::Step => u64::from(event.id.0),
                },
                event.lane.0,
                describe(trace, event),
                place(trace, event.site),
                site.map(|site| [site.source, site.line]),
                event.cause.map(|cause| cause.0),
                event.what.text().filter(|_| is_output(&event.what)).map(|text| trace.text(text)),
            ])
        })
        .collect();
    let document = json!({
        "events": events,
        "sources": trace.header().sources,
        "left": LEFT,
        "plot": PLOT,
        "span": picture.span,
    });
    document.to_string().replace('<', "\\u003c")
}

fn is_output(what: &crate::trace::What) -> bool {
    matches!(what, crate::trace::What::Output { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers};
    use crate::trace::{Header, Outcome};

    #[test]
    fn a_page_needs_nothing_but_itself() {
        for trace in [numbers(), blocked()] {
            let page = html(&trace);
            let links = ["src=", "href=", "@import", "url(http", "fetch(", "<link"];
            // The name of SVG's own vocabulary is no address that is asked.
            let page = page.replace("http://www.w3.org/2000/svg", "");
            assert!(links.iter().all(|link| !page.contains(link)));
            assert!(!page.contains("http:") && !page.contains("https:"));
        }
    }

    #[test]
    fn its_data_is_all_events() {
        let page = html(&numbers());
        let (_, rest) = page.split_once("id=\"trace\">").unwrap();
        let (data, _) = rest.split_once("</script>").unwrap();
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["events"].as_array().unwrap().len(), numbers().len());
        assert_eq!(data["events"][0][3], "loop creates Task-1 (main)");
    }

    #[test]
    fn no_text_ends_the_page_early() {
        let header = Header {
            program: "</title><script>".to_owned(),
            sources: vec![("x".to_owned(), "</script><script>alert(1)".to_owned())],
            ..Header::default()
        };
        let page = html(&Trace::empty(header, Outcome::Interrupted));
        assert_eq!(page.matches("</script>").count(), 2);
        assert!(!page.contains("alert(1)\u{3c}") && page.contains("&lt;/title&gt;"));
    }
}
