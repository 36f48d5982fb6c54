// The policy explorer. Data comes from data/*.js by script elements, so that it works from file:// too.
// Whatever a portal wrote is shown by textContent alone: no markup is ever made from data.
"use strict";
const fgf = (() => {
  const store = { notices: [], tasks: [], text: new Map(), targets: null, portals: null, meta: null };
  const places = new Map(); // notice id -> place in the list
  const waiting = new Map(); // file -> callbacks
  const PAGE = 50;
  // Fields of a row, in the order in which reports/site.py writes them.
  const ID = 0, TITLE = 1, DOC_NO = 2, ISSUERS = 3, REGION = 4, LEVEL = 5, DATE = 6, RELEVANCE = 7, TOPICS = 8,
    UNITS = 9, DUES = 10, COUNT = 11, GONE = 12;
  const T = { place: 0, seq: 1, title: 2, units: 3, roles: 4, dues: 5, rhythm: 6, targets: 7, kind: 8 };
  const KINDS = { unit: "单位", deadline: "期限", rhythm: "周期", target: "目标", citation: "引用" };
  const RELEVANCES = { core: "核心", wide: "相关" };
  const CHANGES = { added: "首次出现", changed: "内容变更", restored: "恢复" };
  const OUTCOMES = { ok: "正常", partial: "部分完成", failed: "失败" };
  const DUE_SPANS = { 7: [0, 7], 30: [0, 30], 90: [0, 90], past: [-30, -1] };

  // ---- data ----
  function take(kind, number, data) {
    if (kind === "notices") {
      data.forEach((row, i) => { store.notices[number * store.meta.aList + i] = row; places.set(row[ID], number * store.meta.aList + i); });
    } else if (kind === "tasks") store.tasks[number] = data;
    else if (kind === "text") store.text.set(number, data);
    else store[kind] = data;
  }
  function load(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `data/${name}.js`;
        script.onload = () => { script.remove(); done(); };
        script.onerror = () => failed(new Error(`data/${name}.js`));
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }
  // Shards one after the other, newest first; `seen` is told after each, so that a list can grow.
  async function loadAll(kind, seen) {
    for (let i = 0; i < store.meta.shards; i++) {
      await load(`${kind}-${i}`);
      seen();
    }
  }

  // ---- building ----
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key === "on") for (const [event, f] of Object.entries(value)) made.addEventListener(event, f);
      else made.setAttribute(key === "cls" ? "class" : key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  function outside(url, text) {
    return /^https?:\/\//i.test(url) ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
  }
  const heading = (text) => el("h1", { cls: "unseen" }, text);
  const main = () => document.getElementById("main");
  const show = (...children) => main().replaceChildren(...children);

  // ---- dates ----
  const day = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
  const daysTo = (iso) => day(iso) - day(store.meta.asOf);
  const cn = (iso) => { const [y, m, d] = iso.split("-"); return `${+y}年${+m}月${+d}日`; };
  function mark(iso) {
    const days = daysTo(iso);
    const kind = days < 0 ? "past" : days <= 7 ? "red" : days <= 30 ? "yellow" : "plain";
    const words = days < 0 ? "期限已过（完成情况未知）" : days === 0 ? "今日到期" : `还有${days}天`;
    return el("span", { cls: `mark ${kind}` }, `${cn(iso)} ${words}`);
  }
  const nextDue = (dues) => dues.find((d) => daysTo(d) >= 0) ?? dues.filter((d) => daysTo(d) >= -30).at(-1);

  // ---- filters, kept in the address so that a search can be bookmarked ----
  // An address is typed, cut and mended by hand: whatever it says leads to a page.
  function decoded(part) { try { return decodeURIComponent(part); } catch { return part; } }
  const named = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);
  function readAddress() {
    const [path, query] = location.hash.replace(/^#/, "").split("?");
    return { path: path.split("/").filter(Boolean).map(decoded), asked: new URLSearchParams(query || "") };
  }
  function options(names, chosen, all) {
    return [el("option", { value: "" }, all), ...names.map(([value, name]) => el("option", { value, selected: value === chosen }, name))];
  }
  function field(label, control, wide) { return el("label", wide ? { cls: "wide" } : {}, label, control); }
  function filters(view, asked, change) {
    const { meta } = store;
    const sorted = (names) => names.filter(Boolean).slice().sort((a, b) => a.localeCompare(b, "zh")).map((n) => [n, n]);
    const search = el("input", { type: "search", name: "q", value: asked.get("q") ?? "", placeholder: view === "tasks" ? "任务、单位、目标" : "标题、文号、机关", autocomplete: "off" });
    const form = el("form", { role: "search", "aria-label": "筛选" },
      field("检索（按 / 键到此处，多个词以空格分开）", search, true),
      field("地区", el("select", { name: "region" }, ...options(sorted(meta.regions), asked.get("region"), "全部地区"))),
      field("单位", el("input", { name: "unit", list: "units", value: asked.get("unit") ?? "", placeholder: "全部单位", autocomplete: "off" })),
      field("主题", el("select", { name: "topic" }, ...options(sorted(meta.topics), asked.get("topic"), "全部主题"))),
      field("期限", el("select", { name: "due" }, ...options([["7", "7日内到期"], ["30", "30日内到期"], ["90", "90日内到期"], ["past", "近30日期限已过"]], asked.get("due"), "不限"))),
      el("datalist", { id: "units" }, ...meta.units.slice(0, 2000).map((u) => el("option", { value: u }))));
    form.addEventListener("input", () => change(new URLSearchParams([...new FormData(form)].filter(([, v]) => v))));
    form.addEventListener("submit", (e) => e.preventDefault());
    return form;
  }
  const words = (asked) => (asked.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  function dueFits(dues, span) {
    if (!span) return true;
    const [first, last] = named(DUE_SPANS, span) ?? [0, 90];
    return dues.some((d) => { const n = daysTo(d); return n >= first && n <= last; });
  }
  // A unit may be typed in part: all units whose name holds what was typed.
  function unitNumbers(typed) {
    if (!typed) return null;
    return new Set(store.meta.units.map((u, i) => (u.includes(typed) ? i : -1)).filter((i) => i >= 0));
  }
  function noticeFilter(asked) {
    const { meta } = store, terms = words(asked), units = unitNumbers(asked.get("unit"));
    const region = asked.get("region") ? meta.regions.indexOf(asked.get("region")) : -1;
    const topic = asked.get("topic") ? meta.topics.indexOf(asked.get("topic")) : -1;
    return (n, dues, text, own) =>
      (region < 0 || n[REGION] === region) && (topic < 0 || n[TOPICS].includes(topic)) &&
      (!units || own.some((u) => units.has(u))) && dueFits(dues, asked.get("due")) &&
      terms.every((t) => text.toLowerCase().includes(t));
  }

  // ---- lists ----
  function noticeItem(n) {
    const due = nextDue(n[DUES]);
    return el("li", {},
      el("div", { cls: "title" }, el("a", { href: `#/n/${n[ID]}` }, n[TITLE] || "（无标题）"),
        el("span", { cls: `tag ${n[RELEVANCE]}` }, RELEVANCES[n[RELEVANCE]] ?? ""), n[GONE] ? el("span", { cls: "tag" }, "已撤下") : null),
      el("div", { cls: "meta" }, [n[DOC_NO], n[ISSUERS], store.meta.regions[n[REGION]], cn(n[DATE]), n[COUNT] ? `${n[COUNT]} 项任务` : ""].filter(Boolean).join(" · ")),
      due ? mark(due) : null);
  }
  function taskItem(t) {
    const n = store.notices[t[T.place]], due = nextDue(t[T.dues]);
    return el("li", {},
      el("div", { cls: "title" }, el("a", { href: `#/n/${n[ID]}/${t[T.seq]}` }, t[T.title] || "（无标题）")),
      el("div", { cls: "meta" }, [t[T.roles], t[T.targets] ? `目标：${t[T.targets]}` : "", t[T.rhythm]].filter(Boolean).join(" · ")),
      el("div", { cls: "meta" }, due ? mark(due) : "", `${store.meta.regions[n[REGION]]} · ${n[TITLE]}`));
  }
  function listView(view, rows, item, loadMore) {
    let { asked } = readAddress(), page = 0, timer = 0;
    const status = el("span", { role: "status" }), note = el("span"), list = el("ol", { cls: "list" }), pager = el("div", { cls: "pager" });
    function draw() {
      const found = rows(asked), pages = Math.max(1, Math.ceil(found.length / PAGE));
      page = Math.min(page, pages - 1);
      status.textContent = `${found.length} 条`;
      list.replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(item));
      if (!found.length) list.replaceChildren(el("li", { cls: "empty" }, "没有符合条件的内容"));
      const turn = (by, text, off) => el("button", { type: "button", disabled: off, on: { click: () => { page += by; draw(); status.scrollIntoView(); } } }, text);
      pager.replaceChildren(...(pages > 1 ? [turn(-1, "上一页", page === 0), `${page + 1} / ${pages}`, turn(1, "下一页", page === pages - 1)] : []));
    }
    show(heading(view === "tasks" ? "任务" : "政策"), filters(view, asked, (now) => {
      asked = now; page = 0;
      history.replaceState(null, "", `#/${view}${[...now].length ? `?${now}` : ""}`);
      clearTimeout(timer); timer = setTimeout(draw, 60);
    }), el("p", { cls: "status" }, status, note), list, pager);
    draw();
    loadMore((done) => { note.textContent = done ? "" : "正在载入…"; if (list.isConnected) draw(); });
  }
  async function growing(kinds, redraw) {
    let last = 0;
    for (const kind of kinds) {
      await loadAll(kind, () => { if (performance.now() - last > 400) { last = performance.now(); redraw(false); } });
    }
    redraw(true);
  }
  function notices() {
    listView("notices", (asked) => {
      const fits = noticeFilter(asked);
      return store.notices.filter((n) => n && fits(n, n[DUES], `${n[TITLE]} ${n[DOC_NO]} ${n[ISSUERS]}`, n[UNITS]));
    }, noticeItem, (redraw) => growing(["notices"], redraw));
  }
  function tasks() {
    listView("tasks", (asked) => {
      const fits = noticeFilter(asked), found = [];
      for (const shard of store.tasks) {
        for (const t of shard ?? []) {
          const n = store.notices[t[T.place]];
          if (n && fits(n, t[T.dues], `${t[T.title]} ${t[T.roles]} ${t[T.targets]}`, t[T.units])) found.push(t);
        }
      }
      return asked.get("due") ? found.sort((a, b) => (nextDue(a[T.dues]) ?? "").localeCompare(nextDue(b[T.dues]) ?? "")) : found;
    }, taskItem, (redraw) => growing(["notices", "tasks"], redraw));
  }

  // ---- a notice ----
  function cut(pieces, where) {
    const text = el("div", { cls: "text" });
    let block = text, task = -1;
    for (const [words, kind, seq] of pieces) {
      if (seq !== task) {
        task = seq;
        block = task < 0 ? text : text.appendChild(el("div", { cls: "task", id: `${where}-${task}`, "data-seq": task }));
      }
      // A task is a block of its own: the line end beside it would show as an empty line.
      const shown = task < 0 ? words.replace(/^\n|\n$/g, "") : words.replace(/\n$/, "");
      block.append(kind ? el("mark", { cls: kind, title: KINDS[kind] }, words) : shown);
    }
    return text;
  }
  const cited = ([docNo, title, id]) => {
    const words = [title ? `《${title}》` : "", docNo].filter(Boolean).join(" ");
    return el("li", {}, id ? el("a", { href: `#/n/${id}` }, words) : words);
  };
  function versionItem([number, on, change, hunks]) {
    return el("li", {}, `第 ${number} 版 · ${cn(on)} · ${CHANGES[change] ?? change}`,
      ...hunks.map((hunk) => el("div", { cls: "diff" }, ...hunk.map(([kind, words]) => el({ gone: "del", new: "ins" }[kind] ?? "span", {}, words)))));
  }
  function section(title, items) { return items.length ? [el("h2", {}, title), el("ul", { cls: "list" }, ...items)] : []; }
  async function notice(id, seq) {
    for (let i = 0; i < store.meta.shards && !places.has(id); i++) await load(`notices-${i}`);
    if (!places.has(id)) return show(el("p", { cls: "empty" }, "没有这份文件，或已不在收录范围。"));
    const place = places.get(id), shard = Math.floor(place / store.meta.aText), n = store.notices[place];
    await load(`text-${shard}`);
    const d = store.text.get(shard)[place % store.meta.aText];
    const legend = el("p", { cls: "legend" }, "文中标出：", ...Object.entries(KINDS).map(([kind, name]) => el("mark", { cls: kind }, name)), "左侧红线为任务");
    show(el("h1", {}, n[TITLE] || "（无标题）"),
      el("dl", { cls: "facts" }, ...d.facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
        ...(d.url ? [el("dt", {}, "原文"), el("dd", {}, outside(d.url, d.url))] : [])),
      n[GONE] ? el("p", {}, el("span", { cls: "mark past" }, "该文件已从门户撤下")) : "",
      legend, cut(d.text, "t"),
      ...d.files.flatMap(([name, url, pieces, problem], i) => [el("h2", {}, "附件：", outside(url, name || "附件")), problem ? el("p", { cls: "meta" }, problem) : "", cut(pieces, `f${i}`)]),
      ...section("引用的文件", d.cites.map(cited)), ...section("被以下文件引用", d.citedBy.map(cited)), ...section("版本", d.versions.map(versionItem)));
    document.title = `${n[TITLE]} · 放管服改革政策库`;
    const here = seq === undefined ? null : main().querySelector(`[data-seq="${+seq}"]`);
    if (here) { here.classList.add("here"); here.scrollIntoView({ block: "center" }); } else scrollTo(0, 0);
  }

  // ---- targets and portals ----
  async function targets() {
    await load("targets");
    const groups = new Map();
    for (const row of store.targets) { const key = `${row[0]}\n${row[1]}`; groups.set(key, [...(groups.get(key) ?? []), row]); }
    const ordered = [...groups.values()].sort((a, b) => b.length - a.length || a[0][0].localeCompare(b[0][0], "zh"));
    const input = el("input", { type: "search", placeholder: "事项或地区", autocomplete: "off" }), body = el("tbody"), count = el("span", { role: "status" });
    function draw() {
      const q = input.value.trim(), found = ordered.filter((g) => !q || g[0][0].includes(q) || g.some((r) => r[2].includes(q)));
      count.textContent = `${found.length} 个事项`;
      body.replaceChildren(...found.slice(0, 200).map((g) => el("tr", {}, el("th", { scope: "row" }, g[0][0]),
        el("td", {}, ...g.map((r) => el("div", {}, `${r[2]} ${r[3]}　`, el("a", { href: `#/n/${r[4]}` }, r[5]), `（${cn(r[6])}）`))))));
    }
    input.addEventListener("input", draw);
    show(heading("目标对比"), el("form", { role: "search", on: { submit: (e) => e.preventDefault() } }, field("事项", input, true)), el("p", { cls: "status" }, count),
      el("div", { cls: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "事项"), el("th", { scope: "col" }, "各地最近所提目标"))), body)));
    draw();
  }
  async function portals() {
    await load("portals");
    const heads = ["门户", "地区", "最近采集", "最近成功", "文件", "最新文件", "情况"];
    show(heading("门户情况"), el("div", { cls: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ...heads.map((h) => el("th", { scope: "col" }, h)))),
      el("tbody", {}, ...store.portals.map(([name, region, outcome, on, count, newest, reasons]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, region),
        el("td", {}, el("span", { cls: `mark ${{ failed: "red", partial: "yellow" }[outcome] ?? "plain"}` }, OUTCOMES[outcome] ?? "尚未采集")), el("td", {}, on), el("td", { cls: "num" }, String(count)), el("td", {}, newest), el("td", {}, reasons)))))));
  }

  // ---- start ----
  // After a move the focus goes to the new page's heading: who reads by keyboard or by ear goes on from there.
  async function route(moved) {
    const { path } = readAddress(), view = path[0] ?? "notices";
    document.title = "放管服改革政策库";
    for (const a of document.querySelectorAll("nav a")) {
      if (a.getAttribute("href") === `#/${view}`) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
    }
    try {
      if (view === "n") await notice(path[1], path[2]);
      else await (named({ tasks, targets, portals }, view) ?? notices)();
    } catch (error) {
      show(el("p", { cls: "empty", role: "alert" }, `读不到 ${error.message}：请确认 data 文件夹与本页放在一起。`));
      if (!/^data\//.test(error.message)) throw error;
    }
    const title = main().querySelector("h1");
    if (moved && title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
  }
  addEventListener("keydown", (e) => {
    if (e.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { e.preventDefault(); main().querySelector("input")?.focus(); }
  });
  addEventListener("hashchange", () => {
    if (location.hash !== "#main") { route(true); return; }
    // The event comes late: whoever has gone on by Tab since must not be called back.
    if (!main().contains(document.activeElement)) main().focus();
  });
  addEventListener("DOMContentLoaded", async () => {
    await load("meta");
    const { meta } = store;
    document.getElementById("about").textContent = `收录 ${meta.notices} 份文件、${meta.tasks} 项任务，期限自 ${cn(meta.asOf)} 起计。内容由公开文件自动整理，以原文为准。`;
    if (meta.shards) await load("notices-0");
    await route();
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  });
  return { take };
})();
