// The door: what is ticked, typed and read is noted at once, and waits in this phone until the server has named it.
// Only ids are kept in the phone, never a name: the list lives in the page.
"use strict";

const door = document.getElementById("door");
if (door) {
  const words = JSON.parse(door.dataset.words), queueName = `plats.door.${door.dataset.meeting}`, sv = document.documentElement.lang === "sv";
  const list = document.querySelector(".ticks"), field = document.getElementById("q");
  let passes = new Map(), guests = new Map(), shown = "all", sending = false, heard = null;
  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));
  const queue = () => JSON.parse(localStorage.getItem(queueName) ?? "[]");
  const keep = (waiting) => localStorage.setItem(queueName, JSON.stringify(waiting));
  let device = localStorage.getItem("plats.device");
  if (!device) localStorage.setItem("plats.device", device = uuid());

  const say = (name, facts = {}) => {
    const forms = words[name], said = facts.n === 1 && forms.one ? forms.one : forms.other;
    return said.replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
  };
  const clock = (instant) => {
    const at = new Date(instant).toLocaleTimeString(sv ? "sv-SE" : "en-GB", { hour: "2-digit", minute: "2-digit", timeZone: door.dataset.zone });
    return sv ? at.replace(":", ".") : at;
  };

  // By sign, word, colour and sound; what lets nobody in is said at once, whatever was being read.
  function tell(answer, facts, unsent) {
    const signs = { ok: "✓", already: "!", undone: "↺" }, lets = answer in signs;
    const there = document.getElementById(lets ? "told" : "refused");
    document.getElementById(lets ? "refused" : "told").replaceChildren();
    const line = document.createElement("p"), sign = document.createElement("b"), text = document.createElement("span");
    line.className = lets ? answer : "stop";
    sign.textContent = signs[answer] ?? "✕";
    sign.setAttribute("aria-hidden", "true");
    text.textContent = say(`told_${answer}`, facts) + (unsent ? ` – ${say("saved_here")}` : "");
    line.append(sign, text);
    there.replaceChildren(line);
    sound(lets ? (answer === "ok" ? [880] : [660, 660]) : [220, 180]);
  }

  function sound(tones) {
    if (!heard) return;
    tones.forEach((tone, no) => {
      const voice = heard.createOscillator(), loud = heard.createGain(), from = heard.currentTime + no * 0.16;
      loud.gain.value = 0.1;
      voice.frequency.value = tone;
      voice.connect(loud).connect(heard.destination);
      voice.start(from);
      voice.stop(from + 0.12);
    });
  }
  addEventListener("pointerdown", () => { heard ??= new AudioContext(); }, { once: true });

  // A reading is noted first, shown as this phone knows it, and then sent.
  function note(scan) {
    const waiting = { scan_id: uuid(), device, at: new Date().toISOString(), ...scan };
    keep([...queue(), waiting]);
    mark();
    send();
  }

  // What the list in the page says of readings that cannot be sent now. They are let in, or not, by that.
  function foresee() {
    for (const each of queue().filter((one) => !one.told)) {
      const lets = foreseen(each);
      keep(queue().map((one) => (one.scan_id === each.scan_id ? { ...one, told: true, was_let_in: lets } : one)));
    }
  }

  function foreseen(scan) {
    const known = scan.code ? passes.get(scan.digest) : null, id = scan.person_id ?? known?.person_id, guest = guests.get(id);
    const refused = scan.code && !known ? "unknown" : known && known.state !== "ok" ? known.state : "";
    const answer = refused || (scan.undo ? "undone" : guest?.came_at ? "already" : "ok");
    tell(answer, { name: known?.name ?? guest?.name, now: known?.now, since: guest?.came_at ? clock(guest.came_at) : "" }, true);
    if (guest && !refused) here(id, scan.undo ? null : guest.came_at ?? scan.at);
    return answer === "ok" || answer === "already";
  }

  async function send() {
    if (!navigator.onLine) {
      foresee();
      mark();
    }
    if (sending || !navigator.onLine) return;
    sending = true;
    let allSent = false;
    try {
      while (queue().length) {
        const taken = queue().slice(0, 50), sent_at = new Date().toISOString();
        const body = new URLSearchParams({ scans: JSON.stringify(taken.map(({ digest, told, ...each }) => ({ ...each, sent_at }))) });
        const token = document.querySelector("#read [name=form_token]")?.value;
        if (token) body.set("form_token", token);
        const answer = await fetch(door.dataset.scans, { method: "POST", body, headers: { Accept: "application/json" } });
        if (!answer.ok) {
          if (answer.status < 500) unsent(say("unsent_refused"));
          break;
        }
        const told = await answer.json(), named = new Set(told.map((each) => each.scan_id));
        keep(queue().filter((each) => !named.has(each.scan_id))); // gone from here only once the server has named it
        told.forEach(show);
        if (!named.size) break;
      }
      allSent = !queue().length;
      if (allSent) await renew();
    } catch {
      foresee();
    } finally {
      sending = false;
      mark();
    }
    if (allSent && queue().length) send(); // what was noted meanwhile
  }

  function show(told) {
    const facts = { ...told, since: told.since ? clock(told.since) : "" };
    tell(told.answer, facts);
    if (told.answer === "undone") here(told.person_id, null);
    else if (["ok", "already"].includes(told.answer)) here(told.person_id, told.since);
    const off = document.getElementById("drift"), minutes = Math.round(Math.abs(told.drift) / 60);
    off.hidden = !told.drift;
    if (told.drift) off.textContent = say("drift", { n: minutes });
  }

  function unsent(more = "") {
    const there = document.getElementById("unsent"), n = queue().length;
    there.hidden = !n;
    there.textContent = n ? `${say("unsent", { n })}. ${more}` : "";
  }

  function here(id, at) {
    const guest = guests.get(id), row = list.querySelector(`[data-person="${id}"]`);
    if (guest) guest.came_at = at;
    if (!row) return;
    const button = row.querySelector("button");
    row.classList.toggle("here", Boolean(at));
    button.name = at ? "undo" : "tick";
    button.setAttribute("aria-pressed", String(Boolean(at)));
    if (guest) row.querySelector(".small").textContent = about(guest);
    count();
  }

  function about(guest) {
    return [
      guest.organisation, guest.came_at ? clock(guest.came_at) : "", guest.again.length ? say("came_twice", { at: clock(guest.again[0]) }) : "",
      guest.despite ? say(`despite_${guest.despite}`) : "", guest.how === "walk_in" ? say("how_walk_in") : "",
      guest.is_suspended ? say("suspended") : "", guest.is_owed ? say("owed") : "",
    ].filter(Boolean).join(" · ");
  }

  function mark() {
    unsent();
    count();
  }

  function count() {
    const there = [...guests.values()].filter((each) => each.came_at).length;
    if (!guests.size) return;
    document.getElementById("count").textContent = there;
    const counts = { all: guests.size, awaited: guests.size - there, here: there };
    for (const pick of document.querySelectorAll("#picks button")) {
      pick.querySelector("small").textContent = counts[pick.dataset.show];
      if (pick.dataset.show === shown) pick.setAttribute("aria-current", "true");
      else pick.removeAttribute("aria-current");
    }
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of list.children) {
      const picked = shown === "all" || (shown === "here") === row.classList.contains("here");
      row.hidden = !(picked && (code(field.value) || row.textContent.toLocaleLowerCase().includes(wanted)));
    }
  }

  // The list as the server has it now. What waits here to be sent stays as it is shown.
  async function renew() {
    const answer = await fetch(door.dataset.list, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const fresh = await answer.json(), waiting = new Set(queue().map((each) => each.person_id));
    passes = new Map(fresh.passes.map((each) => [each.digest, each]));
    guests = new Map(fresh.guests.map((each) => [each.person_id, each]));
    for (const guest of fresh.guests) {
      if (!list.querySelector(`[data-person="${guest.person_id}"]`)) list.append(rowOf(guest));
      if (!waiting.has(guest.person_id)) here(guest.person_id, guest.came_at);
    }
    mark();
  }

  function rowOf(guest) {
    const row = document.createElement("li"), button = document.createElement("button"), text = document.createElement("span");
    const box = document.createElement("span"), name = document.createElement("b"), quiet = document.createElement("span");
    row.dataset.person = button.value = guest.person_id;
    button.name = "tick";
    button.setAttribute("aria-pressed", "false");
    box.className = "box";
    box.setAttribute("aria-hidden", "true");
    name.textContent = guest.name;
    quiet.className = "quiet small";
    text.append(name, " ", quiet);
    button.append(box, text);
    row.append(button);
    return row;
  }

  const code = (typed) => {
    const plain = typed.replace(/[\s\-–.]+/g, "").toUpperCase().replace(/^P1:/, "").replace(/0/g, "O").replace(/1/g, "I").replace(/8/g, "B");
    return /^[A-Z2-7]{26}$/.test(plain) ? `P1:${plain}` : "";
  };

  async function read(found, how) {
    if (!crypto.subtle) return note({ code: found, how }); // without https a code is known by the server alone
    const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(found)))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    note({ code: found, digest, how });
  }

  document.getElementById("list").addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button) note({ person_id: button.value, how: "list", undo: button.name === "undo" });
  });
  document.getElementById("read").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = code(field.value);
    if (!found) return count();
    field.value = "";
    read(found, "typed");
  });
  door.addEventListener("seen", (event) => read(code(event.detail) || event.detail.slice(0, 60), "scan"));
  field.addEventListener("input", count);
  for (const pick of document.querySelectorAll("#picks button")) {
    pick.addEventListener("click", () => {
      shown = pick.dataset.show;
      count();
    });
  }
  document.getElementById("picks").hidden = false;
  addEventListener("online", () => send());
  addEventListener("offline", () => mark());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(() => { if (!document.hidden) send(); }, 20000);
  mark();
  send();
}
