"use strict";
// The live view: asks for data.json each second and shows it. Names come from scripts, so they are only ever text nodes.

const interval = 1000, kept = 120, shown = 500;
const tables = {
  states: [["id"], ["name", "text"], ["backend", "text"], ["calls"], ["rate", "spark"], ["errors", "errors"],
    ["busy", "seconds"], ["waiting"], ["waitsFor"], ["stop", "stop"]],
  pools: [["min"], ["max"], ["size"], ["inUse"], ["waiting"], ["calls"], ["errors", "errors"], ["waitTime", "seconds"]],
  threads: [["id"], ["seconds", "seconds"], ["detached", "text"]],
  buffers: [["id"], ["name", "text"], ["messages"], ["waiting"]],
  listeners: [["id"], ["name", "text"], ["waiting"]],
};
const titles = { inUse: "in use", waitsFor: "waits for", busy: "busy for", waitTime: "waited", seconds: "runs for", stop: "" };
const sorting = {}; // of each table: [column, descending]
const history = new Map(); // of each state: its last number of calls, and the rates
const total = [];
let last; // the data shown

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

// count turns numbers of calls into rates.
function count(data) {
  const seconds = last ? (new Date(data.time) - new Date(last.time)) / 1000 : 0;
  let sum = 0;
  const living = new Set();
  for (const s of data.states) {
    living.add(s.id);
    const h = history.get(s.id) || { calls: s.calls, rates: [] };
    s.rate = seconds > 0 ? Math.max(0, s.calls - h.calls) / seconds : 0;
    h.calls = s.calls;
    h.rates = [...h.rates, s.rate].slice(-kept);
    history.set(s.id, h);
    sum += s.rate;
  }
  for (const id of history.keys()) if (!living.has(id)) history.delete(id);
  total.push(sum);
  if (total.length > kept) total.shift();
  line(byID("rate"), total, 600, 60);
  byID("rate-now").textContent = Math.round(sum).toLocaleString();
  byID("rate-top").textContent = Math.round(Math.max(...total)).toLocaleString();
}

function cell(row, column, kind, interrupts) {
  const td = element("td");
  const value = row[column];
  switch (kind) {
    case "text": td.className = "text"; td.textContent = value ?? ""; break;
    case "seconds": td.textContent = value === undefined ? "" : `${value.toFixed(1)} s`; break;
    case "errors": td.textContent = value; if (value > 0) td.className = "errors"; break;
    case "spark": td.append(`${Math.round(value)}/s `, spark(history.get(row.id).rates)); break;
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
    for (const [column, kind] of columns) tr.append(cell(row, column, kind, data.interrupts));
    return tr;
  });
  byID(name).replaceChildren(...(rows.length ? [head, ...body] : []));
}

function showAll() {
  if (last) for (const name of Object.keys(tables)) show(name, last);
}

async function update() {
  try {
    const answer = await fetch("data.json");
    if (!answer.ok) throw new Error(answer.statusText);
    const data = await answer.json();
    count(data);
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

document.addEventListener("click", async (event) => {
  const { id, column } = event.target.dataset;
  if (column) {
    const name = event.target.closest("table").id, [by, down] = sorting[name] || [];
    sorting[name] = [column, by === column ? !down : true];
    showAll();
  } else if (id) {
    const answer = await fetch("interrupt", { method: "POST", body: new URLSearchParams({ id }) });
    if (!answer.ok) byID("status").textContent = await answer.text();
  }
});
byID("find").addEventListener("input", showAll);
update();
