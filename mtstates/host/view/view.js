"use strict";
// The live view: asks for data.json each second and shows it. Names come from scripts, so they are only ever text nodes.

const interval = 1000, kept = 120, shown = 500;
const tables = {
  states: [["id"], ["name", "text"], ["backend", "text"], ["calls"], ["rate", "spark"], ["errors", "errors"],
    ["memory", "bytes"], ["busy", "seconds"], ["waiting"], ["waitsFor", "state"], ["stop", "stop"]],
  pools: [["name", "text"], ["min"], ["max"], ["size"], ["inUse"], ["waiting"], ["calls"], ["errors", "errors"], ["waitTime", "seconds"]],
  threads: [["id"], ["seconds", "seconds"], ["detached", "text"]],
  buffers: [["id"], ["name", "text"], ["messages"], ["rate", "spark"], ["added"], ["waiting"]],
  listeners: [["id"], ["name", "text"], ["waiting"]],
};
const titles = { inUse: "in use", waitsFor: "waits for", busy: "busy for", waitTime: "waited", seconds: "runs for", stop: "" };
const sorting = {}; // of each table: [column, descending]
const rates = {}; // of each counted list, by id: the last number, and the rates
const charts = { calls: [], errors: [], messages: [], memory: [] }; // what they show, the latest last
let last; // the data shown
let pressed = false; // a mouse button: the page stays as it is, or the click would be lost

const element = (name, text) => {
  const e = document.createElement(name);
  if (text !== undefined) e.textContent = text;
  return e;
};
const byID = (id) => document.getElementById(id);

function line(svg, values, width, height) {
  const top = Math.max(1, ...values);
  const step = width / (kept - 1);
  const points = values.map((v, i) => `${((kept - values.length + i) * step).toFixed(1)},${(height - 1 - v / top * (height - 2)).toFixed(1)}`);
  const p = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  p.setAttribute("points", points.join(" "));
  svg.replaceChildren(p);
}

function spark(values) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "spark");
  svg.setAttribute("viewBox", "0 0 80 16");
  line(svg, values, 80, 16);
  return svg;
}

// count turns the numbers of a list into rates: it sets the rate of each row, and returns their sum.
function count(data, list, column, name) {
  const seconds = last ? (new Date(data.time) - new Date(last.time)) / 1000 : 0;
  const known = (rates[name] ??= new Map()), living = new Map();
  let sum = 0;
  for (const row of data[list]) {
    const h = known.get(row.id) || { number: last ? 0 : row[column], values: [] };
    const rate = seconds > 0 ? Math.max(0, row[column] - h.number) / seconds : 0;
    living.set(row.id, { number: row[column], values: [...h.values, rate].slice(-kept) });
    if (name !== "errors") row.rate = rate;
    sum += rate;
  }
  rates[name] = living;
  return sum;
}

const bytes = (n) => {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let i = 0;
  for (; n >= 1000 && i < units.length - 1; i++) n /= 1000;
  return `${i === 0 || n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
};
const perSecond = (n) => (n > 0 && n < 10 ? n.toFixed(1) : Math.round(n).toLocaleString());

function draw(name, value, format) {
  const values = charts[name];
  values.push(value);
  if (values.length > kept) values.shift();
  line(byID(`${name}-chart`), values, 300, 50);
  byID(`${name}-now`).textContent = format(value);
  byID(`${name}-top`).textContent = format(Math.max(...values));
}

function drawAll(data) {
  draw("calls", count(data, "states", "calls", "states"), perSecond);
  draw("errors", count(data, "states", "errors", "errors"), perSecond);
  draw("messages", count(data, "buffers", "added", "buffers"), perSecond);
  draw("memory", data.states.reduce((sum, s) => sum + (s.memory || 0), 0), bytes);
}

// label names a state by its id.
function label(id) {
  const state = last.states.find((s) => s.id === id);
  return state && state.name ? `${state.name} (${id})` : id;
}

function cell(row, column, kind, table, interrupts) {
  const td = element("td");
  const value = row[column];
  switch (kind) {
    case "text": td.className = "text"; td.textContent = value ?? ""; break;
    case "seconds": td.textContent = value === undefined ? "" : `${value.toFixed(1)} s`; break;
    case "errors": td.textContent = value; if (value > 0) td.className = "errors"; break;
    case "bytes": td.textContent = value === undefined ? "" : bytes(value); break;
    case "spark": td.append(`${perSecond(value)}/s `, spark(rates[table].get(row.id).values)); break;
    case "state": td.textContent = value ? label(value) : ""; break;
    case "stop":
      if (interrupts && row.busy !== undefined) {
        const button = element("button", "Interrupt");
        button.dataset.id = row.id;
        td.append(button);
      }
      break;
    default: td.textContent = value ?? "";
  }
  return td;
}

function show(name, data) {
  const columns = tables[name], find = byID("find").value.toLowerCase();
  let rows = data[name].filter((r) => !find || String(r.id) === find || (r.name || "").toLowerCase().includes(find));
  const [by, down] = sorting[name] || [columns[0][0], false];
  const key = (r) => r[by] ?? (typeof r[by] === "string" ? "" : -1);
  if (sorting[name]) rows = [...rows].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (down ? -1 : 1));
  byID(name + "-count").textContent = rows.length > shown ? `${rows.length}, ${shown} shown` : rows.length;
  const head = element("tr");
  for (const [column, kind] of columns) {
    const th = element("th", titles[column] ?? column);
    th.dataset.column = column;
    if (kind === "text") th.className = "text";
    if (sorting[name] && by === column) th.setAttribute("aria-sort", down ? "descending" : "ascending");
    head.append(th);
  }
  const body = rows.slice(0, shown).map((row) => {
    const tr = element("tr");
    if (row.busy !== undefined) tr.className = "busy";
    for (const [column, kind] of columns) tr.append(cell(row, column, kind, name, data.interrupts));
    return tr;
  });
  const focused = document.activeElement?.dataset.id;
  byID(name).replaceChildren(...(rows.length ? [head, ...body] : []));
  if (focused) byID(name).querySelector(`button[data-id="${focused}"]`)?.focus();
}

function showAll() {
  if (last && !pressed) for (const name of Object.keys(tables)) show(name, last);
}

async function update() {
  try {
    const answer = await fetch("data.json");
    if (!answer.ok) throw new Error(answer.statusText);
    const data = await answer.json();
    drawAll(data);
    last = data;
    byID("status").textContent = `${data.backend}, ${new Date(data.time).toLocaleTimeString()}`;
    byID("status").className = "";
    showAll();
  } catch (error) {
    byID("status").textContent = `no answer: ${error.message}`;
    byID("status").className = "lost";
  }
  setTimeout(update, interval);
}

document.addEventListener("pointerdown", () => { pressed = true; });
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { pressed = false; });
document.addEventListener("click", async (event) => {
  const { id, column } = event.target.dataset;
  if (column) {
    const name = event.target.closest("table").id, [by, down] = sorting[name] || [];
    sorting[name] = [column, by === column ? !down : true];
    showAll();
  } else if (id) {
    const answer = await fetch("interrupt", { method: "POST", body: new URLSearchParams({ id }) });
    byID("message").textContent = answer.ok ? `interrupted ${label(Number(id))}` : await answer.text();
  }
});
byID("find").addEventListener("input", showAll);
update();
