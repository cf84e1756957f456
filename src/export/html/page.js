"use strict";
// Steps through the events of the page. An event is an array, in the order of these names.
const AT = 0, POSITION = 1, LANE = 2, WHAT = 3, PLACE = 4, SITE = 5, CAUSE = 6, OUTPUT = 7;
const trace = JSON.parse(document.getElementById("trace").textContent);
const { events } = trace;
const svg = document.querySelector("#timeline svg");
const body = document.querySelector("#events tbody");
const filter = document.getElementById("filter");
const MAX_CHAIN = 40;
let here = 0;

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const rows = events.map((event, index) => {
  const row = element("tr");
  row.append(
    element("td", `#${index}`), element("td", event[AT]),
    element("td", event[WHAT]), element("td", event[PLACE] ?? ""),
  );
  row.addEventListener("click", () => go(index));
  return row;
});
body.append(...rows);

const cursor = document.createElementNS("http://www.w3.org/2000/svg", "path");
cursor.id = "cursor";
svg.append(cursor);

const x = (event) => trace.left + (trace.plot * event[POSITION]) / trace.span;

// What made an event possible: its cause, else the event before it on its lane.
const reason = (index) => {
  if (events[index][CAUSE] !== null) return events[index][CAUSE];
  for (let before = index - 1; before >= 0; before -= 1) {
    if (events[before][LANE] === events[index][LANE]) return before;
  }
  return null;
};

const chain = (index) => {
  const links = [];
  for (let at = index; at !== null && links.length < MAX_CHAIN; at = reason(at)) links.push(at);
  return links;
};

const go = (index) => {
  if (index === null || index < 0 || index >= events.length) return;
  rows[here].classList.remove("here");
  document.querySelectorAll("tr.chain").forEach((row) => row.classList.remove("chain"));
  here = index;
  const event = events[here];
  rows[here].classList.add("here");
  rows[here].scrollIntoView({ block: "nearest" });
  const height = svg.viewBox.baseVal.height;
  cursor.setAttribute("d", `M${x(event)} 44V${height - 50}`);
  const links = chain(here);
  links.forEach((link) => rows[link].classList.add("chain"));
  document.getElementById("why").replaceChildren(...links.map((link) => {
    const line = element("li", `${events[link][AT]}  ${events[link][WHAT]}`);
    line.addEventListener("click", () => go(link));
    return line;
  }));
  const output = document.getElementById("output");
  output.replaceChildren(...events.flatMap((other, at) => {
    if (other[OUTPUT] === null) return [];
    const isHere = at === here ? "here" : at > here ? "later" : "";
    return [element("div", other[OUTPUT], isHere)];
  }));
  source(event[SITE]);
};

const source = (site) => {
  const pane = document.getElementById("source");
  const [file, line] = site ?? [0, 0];
  const lines = (trace.sources[file]?.[1] ?? "").split("\n");
  pane.replaceChildren(...lines.map((text, index) => {
    const number = String(index + 1).padStart(4);
    return element("div", `${number}  ${text}`, index + 1 === line ? "here" : "");
  }));
  pane.querySelector(".here")?.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  let at = here + by;
  while (at >= 0 && at < events.length && rows[at].hidden) at += by;
  go(at);
};

filter.addEventListener("input", () => {
  const wanted = filter.value.toLowerCase();
  rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
});

svg.addEventListener("click", (click) => {
  const point = new DOMPoint(click.clientX, click.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const lane = click.target.closest("[data-lane]")?.dataset.lane;
  const distance = (event) => Math.abs(x(event) - point.x);
  let nearest = null;
  events.forEach((event, index) => {
    const fits = lane === undefined || String(event[LANE]) === lane;
    if (fits && (nearest === null || distance(event) < distance(events[nearest]))) nearest = index;
  });
  go(nearest);
});

document.addEventListener("keydown", (key) => {
  if (key.target === filter) {
    if (key.key === "Escape" || key.key === "Enter") filter.blur();
    return;
  }
  const actions = {
    ".": () => step(1), ",": () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    "[": () => go(reason(here)),
    "]": () => go(events.findIndex((event) => event[CAUSE] === here)),
    Home: () => go(0), End: () => go(events.length - 1), "/": () => filter.focus(),
  };
  if (actions[key.key]) {
    key.preventDefault();
    actions[key.key]();
  }
});

if (events.length > 0) go(0);
