"use strict";

const REFRESH = 2000;
const byId = (id) => document.getElementById(id);
const number = (value) => value === undefined ? "?" : value.toLocaleString("en-US");
let shown = null;
let selected = null;

/** An element with text and classes; texts are never parsed as HTML. */
function element(name, text, classes) {
  const made = document.createElement(name);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (classes) {
    made.className = classes;
  }
  return made;
}

function age(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  for (let i = 0; i < units.length; i++) {
    const [size, unit] = units[i];
    if (seconds >= size) {
      const next = units[i + 1];
      const rest = next ? Math.floor((seconds % size) / next[0]) : 0;
      return Math.floor(seconds / size) + " " + unit + (rest ? " " + rest + " " + next[1] : "");
    }
  }
  return "0 s";
}

function since(time) {
  return age(Math.max(0, (Date.parse(shown.at) - Date.parse(time)) / 1000)) + " ago";
}

function date(partition) {
  return partition.length < 8 ? partition || "-"
    : partition.slice(0, 4) + "-" + partition.slice(4, 6) + "-" + partition.slice(6, 8)
      + (partition.length > 8 ? " " + partition.slice(8) + ":00" : "");
}

function header(status) {
  byId("title").textContent = status.contract + " " + status.version + " on " + status.environment;
  const count = status.problems.length;
  byId("health").textContent = status.healthy ? "healthy" : count === 1 ? "1 problem" : count + " problems";
  byId("health").className = status.healthy ? "good" : "bad";
  byId("read").textContent = "read at " + status.at.slice(0, 19).replace("T", " ") + " UTC"
    + (status.applied ? "; applied by " + status.applied.by + ", apply " + status.applied.apply : "");
}

function problems(status) {
  byId("problems").hidden = status.healthy;
  byId("problem-list").replaceChildren(...status.problems.map((problem) => {
    const item = element("li");
    item.append(element("div", problem.what + (problem.since ? " (since " + since(problem.since) + ")" : ""), "bad"));
    item.append(element("div", problem.advice));
    return item;
  }));
}

function bucket(files) {
  if (!files) {
    return {name: "bucket", count: "files are not known"};
  }
  const first = files.newest[0];
  const total = files.read + files.open + files.waiting;
  return {
    name: first ? first.uri.split("/").slice(0, 3).join("/") : "bucket",
    count: number(total) + (total === 1 ? " file" : " files") + (files.listed ? ", " + number(files.waiting) + " waiting" : ""),
  };
}

/** The stages of the way, each with boxes of two lines. */
function stages(status) {
  const files = status.files;
  const [source, sink] = ["source", "sink"].map((role) => status.connectors.find((one) => one.role === role));
  const connector = (one) => ({
    name: one.name,
    count: one.state + " " + one.tasks.filter((task) => task === "RUNNING").length + "/" + one.tasks.length + " tasks",
    bad: one.state !== "RUNNING" || one.tasks.some((task) => task !== "RUNNING"),
  });
  return [
    [bucket(files)],
    [connector(source)],
    status.tables.map((table) => ({name: table.topic, count: "lag " + number(table.lag)})),
    [connector(sink)],
    status.tables.map((table) => ({name: table.name, count: table.exists === false ? "absent" : number(table.rows) + " rows", bad: !table.exists})),
  ];
}

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** Shortens a text until it fits into its box. */
function fit(text, width) {
  const whole = text.textContent;
  for (let end = whole.length - 1; end > 0 && text.getComputedTextLength() > width; end--) {
    text.textContent = whole.slice(0, end) + "…";
  }
}

/** Draws the way from left to right, or from top to bottom on a narrow page. */
function way(status) {
  const box = byId("way");
  const width = box.clientWidth;
  const wide = width >= 760;
  const columns = stages(status);
  const gap = wide ? 36 : 22;
  const height = 44;
  const boxWidth = wide ? (width - gap * (columns.length - 1)) / columns.length : width;
  const step = height + (wide ? 12 : 6);
  const most = Math.max(...columns.map((boxes) => boxes.length));
  const total = wide ? most * step : columns.reduce((sum, boxes) => sum + boxes.length * step + gap, 0) - gap;
  const svg = shape("svg", {viewBox: "0 0 " + width + " " + total, height: total, role: "img", "aria-label": "The way of the rows"});
  box.replaceChildren(svg);
  let top = 0;
  let before = [];
  columns.forEach((boxes, column) => {
    const places = boxes.map((one, row) => ({
      x: wide ? column * (boxWidth + gap) : 0,
      y: wide ? (most - boxes.length) * step / 2 + row * step : top + row * step,
      ...one,
    }));
    if (wide) {
      before.forEach((from) => places.forEach((to) => {
        const [x, y, u, v] = [from.x + boxWidth, from.y + height / 2, to.x, to.y + height / 2];
        svg.append(shape("path", {d: `M${x} ${y} C${x + gap / 2} ${y} ${u - gap / 2} ${v} ${u} ${v}`}));
      }));
    } else if (before.length) {
      const y = top - gap - (step - height);
      svg.append(shape("path", {d: `M${width / 2} ${y} V${top - 1} m-5 -6 l5 6 l5 -6`}));
    }
    places.forEach((place) => {
      svg.append(shape("rect", {x: place.x + 0.5, y: place.y + 0.5, width: boxWidth - 1, height, rx: 6, class: place.bad ? "bad" : ""}));
      const name = shape("text", {x: place.x + 10, y: place.y + 18}, place.name);
      const count = shape("text", {x: place.x + 10, y: place.y + 35, class: "count"}, place.count);
      svg.append(name, count);
      fit(name, boxWidth - 20);
      fit(count, boxWidth - 20);
    });
    top += boxes.length * step + gap;
    before = places;
  });
}

function files(status) {
  const all = status.files;
  if (!all) {
    byId("file-counts").textContent = "Files are not known, because Kafka Connect does not answer.";
    byId("files").replaceChildren();
    return;
  }
  byId("file-counts").textContent = number(all.read) + " read, " + number(all.open) + " open, "
    + (all.listed ? number(all.waiting) + " waiting" : "waiting ones are not known (" + all.notListed + ")")
    + "; " + number(all.malformedRows) + " of " + number(all.rows) + " rows malformed";
  byId("files").replaceChildren(...all.newest.slice(0, 12).map((file) => {
    const item = element("li");
    const percent = file.phase === "read" ? 100 : file.size ? Math.floor(file.bytesRead * 100 / file.size) : 0;
    item.append(element("span", file.uri, "name"));
    item.append(element("span", file.phase === "waiting" ? "waiting" : number(file.rows) + " rows, " + percent + " %", "quiet"));
    const bar = element("div", undefined, "bar");
    const progress = element("progress");
    progress.max = 100;
    progress.value = percent;
    progress.setAttribute("aria-label", file.uri);
    bar.append(progress);
    item.append(bar);
    return item;
  }));
}

/** Fills a table; a cell is a text, or an element. */
function fill(table, columns, rows, numbers) {
  const line = (cells, name) => {
    const row = element("tr");
    cells.forEach((cell, i) => {
      const made = element(name, undefined, numbers.includes(i) ? "number" : "");
      if (cell instanceof Element) {
        made.append(cell);
      } else {
        const text = element("span", cell, "cell");
        text.title = cell;
        made.append(text);
      }
      row.append(made);
    });
    return row;
  };
  const head = element("thead");
  head.append(line(columns, "th"));
  const body = element("tbody");
  body.append(...rows.map((row) => line(row, "td")));
  table.replaceChildren(head, body);
}

function tables(status) {
  fill(byId("tables"), ["table", "rows", "partitions", "newest", "newest row", "lag"], status.tables.map((table) => {
    const open = element("button", table.name);
    open.type = "button";
    open.addEventListener("click", () => select(table.name));
    return [open, number(table.rows), number(table.partitions), table.newestPartition === undefined ? "?" : date(table.newestPartition),
      table.newestRowAt ? since(table.newestRowAt) : "-", number(table.lag)];
  }), [1, 2, 5]);
}

async function select(name) {
  selected = name;
  const answer = await (await fetch("table?name=" + encodeURIComponent(name))).json();
  if (selected !== name) {
    return;
  }
  byId("table").hidden = false;
  byId("table-name").textContent = answer.error ? name + ": " + answer.error : name;
  if (!answer.error) {
    fill(byId("schema"), ["column", "type"], answer.columns.map((column) => [column.name, column.type]), []);
    fill(byId("partitions"), ["newest partitions", "rows"], answer.partitions.map((one) => [date(one.id), number(one.rows)]), [1]);
    fill(byId("preview"), answer.preview.columns, answer.preview.rows, []);
    if (!byId("sql").value) {
      byId("sql").value = "SELECT COUNT(*) AS n FROM " + name;
    }
  }
}

async function query(event) {
  event.preventDefault();
  const message = byId("query-message");
  message.className = "quiet";
  message.textContent = "Running";
  try {
    const response = await fetch("query", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({sql: byId("sql").value}),
    });
    const answer = await response.json();
    message.className = answer.error ? "bad" : "quiet";
    message.textContent = answer.error || number(answer.rows.length) + (answer.rows.length === 1 ? " row" : " rows") + (answer.cut ? ", there are more" : "");
    fill(byId("result"), answer.columns || [], answer.rows || [], []);
  } catch (error) {
    message.className = "bad";
    message.textContent = "catalogctl does not answer. Start it again.";
  }
}

function draw(status) {
  shown = status;
  header(status);
  problems(status);
  way(status);
  files(status);
  tables(status);
}

async function refresh() {
  try {
    const answer = await (await fetch("status.json")).json();
    if (answer.error) {
      byId("health").className = "bad";
      byId("health").textContent = answer.error;
    } else {
      draw(answer);
    }
  } catch (error) {
    byId("health").className = "bad";
    byId("health").textContent = "catalogctl does not answer. Start it again.";
  }
  setTimeout(refresh, REFRESH);
}

byId("query").addEventListener("submit", query);
addEventListener("resize", () => shown && way(shown));
refresh();
