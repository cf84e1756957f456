//! The form of scenarios as a JSON Schema, for editors: made from the tables the parser reads with.

use serde_json::{Map, Value, json};

use super::action::HANDLER_KEYS;
use super::expect::EXPECT_KEYS;
use super::explore::{EXPLORE_KEYS, IGNORED, STRATEGIES};
use super::keys::{ACTIONS, ActionKey};
use super::parse::TOP_KEYS;
use super::routine::ROUTINE_KEYS;
use super::section::{POOL_KEYS, PREEMPT, RUNTIME_KEYS};
use crate::trace::PythonVersion;

/// The JSON Schema of a scenario, draft 7, which TOML language servers read.
pub fn json_schema() -> String {
    let named = |of: Value| json!({ "type": "object", "additionalProperties": of });
    let property = |key: &str| match key {
        "seed" => json!({ "type": "integer", "minimum": 0 }),
        "runtime" => table(&RUNTIME_KEYS, &runtime),
        "pools" => named(table(&POOL_KEYS, &pool)),
        "globals" => json!({ "type": "object" }),
        "objects" => named(json!({ "type": "string" })),
        "coroutines" | "functions" => named(table(&ROUTINE_KEYS, &routine)),
        "expect" => table(&EXPECT_KEYS, &expect),
        "explore" => table(&EXPLORE_KEYS, &explore),
        _ => json!({ "type": "string" }),
    };
    let mut schema = table(&TOP_KEYS, &property);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("A scenario for sim");
    schema["definitions"] = json!({
        "steps": { "type": "array", "items": { "$ref": "#/definitions/step" } },
        "step": { "anyOf": ACTIONS.iter().map(action).collect::<Vec<_>>() },
        "handler": table(&HANDLER_KEYS, &modifier),
        "duration": {
            "description": "seconds, a text with a unit such as \"250ms\", or an expression",
            "type": ["number", "string"],
        },
        "expression": { "type": ["string", "number", "boolean"] },
        "lines": { "type": "array", "items": { "type": "string" } },
    });
    format!("{schema:#}\n")
}

/// An object with these keys only.
fn table(keys: &[&str], property: &dyn Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), property(key))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn action(action: &ActionKey) -> Value {
    let value = match action.name {
        "print" | "do" | "join" => json!({ "type": "string" }),
        "sleep" | "io" | "block" | "compute" => reference("duration"),
        "break" | "continue" | "pass" => json!({ "const": true }),
        "try" => reference("steps"),
        "gather" => json!({ "anyOf": [{ "type": "string" }, reference("lines")] }),
        _ => reference("expression"),
    };
    let own = |key: &str| if key == action.name { value.clone() } else { modifier(key) };
    let keys: Vec<&str> = [action.name].iter().chain(action.modifiers).copied().collect();
    let mut schema = table(&keys, &own);
    schema["required"] = json!([action.name]);
    schema["description"] = json!(format!("for example {}", action.example));
    schema
}

fn modifier(key: &str) -> Value {
    match key {
        "steps" | "else" | "finally" => reference("steps"),
        "except" => json!({ "type": "array", "items": reference("handler") }),
        "return_exceptions" => json!({ "type": "boolean" }),
        "delay" => reference("duration"),
        "result" => reference("expression"),
        "type" => json!({ "anyOf": [{ "type": "string" }, reference("lines")] }),
        _ => json!({ "type": "string" }),
    }
}

fn runtime(key: &str) -> Value {
    match key {
        "python" => json!({ "enum": PythonVersion::ALL.map(PythonVersion::name) }),
        "preempt" => json!({ "enum": PREEMPT }),
        "cores" | "bandwidth" => json!({ "type": "integer", "minimum": 1 }),
        "switch_interval" | "latency" => reference("duration"),
        _ => json!({ "type": "boolean" }),
    }
}

fn pool(key: &str) -> Value {
    match key {
        "kind" => json!({ "enum": ["thread", "process"] }),
        "max_workers" => json!({ "type": "integer", "minimum": 1 }),
        _ => reference("duration"),
    }
}

fn routine(key: &str) -> Value {
    if key == "steps" { reference("steps") } else { reference("lines") }
}

fn expect(key: &str) -> Value {
    match key {
        "duration" => reference("duration"),
        "outcome" => json!({ "type": "string" }),
        _ => reference("lines"),
    }
}

fn explore(key: &str) -> Value {
    match key {
        "order" => json!({ "enum": ["any"] }),
        "strategy" => json!({ "enum": STRATEGIES }),
        "ignore" => json!({ "type": "array", "items": { "enum": IGNORED } }),
        "jitter" => reference("duration"),
        "cancel" => json!({ "type": "string" }),
        "faults" | "fails" => json!({ "type": "boolean" }),
        _ => json!({ "type": "integer", "minimum": 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_with_its_modifiers_is_a_step() {
        let schema: Value = serde_json::from_str(&json_schema()).unwrap();
        let steps = schema["definitions"]["step"]["anyOf"].as_array().unwrap();
        assert_eq!(steps.len(), ACTIONS.len());
        for (step, action) in steps.iter().zip(&ACTIONS) {
            assert_eq!(step["required"], json!([action.name]));
            let known = step["properties"].as_object().unwrap();
            assert!(action.modifiers.iter().all(|modifier| known.contains_key(*modifier)));
        }
        for key in TOP_KEYS {
            assert!(schema["properties"].get(key).is_some(), "{key}");
        }
    }

    #[test]
    fn every_reference_is_defined() {
        let text = json_schema();
        let schema: Value = serde_json::from_str(&text).unwrap();
        for part in text.split("#/definitions/").skip(1) {
            let (name, _) = part.split_once('"').unwrap();
            assert!(schema["definitions"].get(name).is_some(), "{name}");
        }
    }
}
