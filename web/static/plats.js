// Rows, sum and button follow what is typed. Without this script the button "work out the sum again" does it.
"use strict";

document.documentElement.classList.add("live");

for (const form of document.querySelectorAll("form.booking")) {
  followed(form, ["rows", "sum", "bar"], () => {
    const typed = new URLSearchParams(new FormData(form));
    typed.set("do", "sum");
    return fetch(form.action, { method: "POST", body: typed, headers: { Accept: "text/html" } });
  });
  // One seat more or fewer, and Enter in a field, need no new page.
  form.addEventListener("submit", (event) => {
    const act = event.submitter?.value, seats = form.wanted, by = { add: 1, remove: -1, sum: 0 }[act];
    if (by === undefined) return;
    event.preventDefault();
    if (by) seats.value = Math.max(1, (parseInt(seats.value) || 0) + by);
    form.dispatchEvent(new Event("change"));
  });
}

// Choosing other seats shows their outcome at once. Without this script a button does it.
for (const form of document.querySelectorAll("form.choose")) {
  followed(form, ["outcome"], () =>
    fetch(`?${new URLSearchParams(new FormData(form))}`, { headers: { Accept: "text/html" } }));
}

// After each change the parts of the page with those ids become what the server answers last, and the number of seats
// what it counts; also where the browser, coming back to the page, has put in what was chosen before.
function followed(form, ids, ask) {
  let asked = 0;
  form.addEventListener("change", async () => {
    const turn = ++asked;
    const answer = await ask().catch(() => null); // without a network the button still says what was last worked out
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn === asked) unpressed(() => {
      for (const id of ids) {
        const fresh = page.getElementById(id), there = document.getElementById(id);
        if (fresh && there) renew(there, fresh);
      }
      const counted = page.getElementById("wanted");
      if (form.wanted && counted) form.wanted.value = counted.value;
    });
  });
  addEventListener("pageshow", () => {
    if ([...form.elements].some(changed)) form.dispatchEvent(new Event("change"));
  });
}

function changed(field) {
  if (field.options) return [...field.options].some((each) => each.selected !== each.defaultSelected);
  return field.checked !== field.defaultChecked || (field.name === "wanted" && field.value !== field.defaultValue);
}

// What a finger or the mouse is down on waits until it is up: nobody presses a button that says one sum and gets another.
let pressed = false, due = null;
function unpressed(change) {
  if (pressed) due = change;
  else change();
}
addEventListener("pointerdown", () => { pressed = true; });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => setTimeout(() => {
    pressed = false;
    due?.();
    due = null;
  }));
}

// Make the content of one element like another's. An element that is in both stays the one it is, with focus and all.
function renew(there, fresh) {
  let place = there.firstChild;
  for (const node of [...fresh.childNodes]) {
    let same = place;
    while (same && !alike(same, node)) same = same.nextSibling;
    if (!same) {
      there.insertBefore(node, place);
      continue;
    }
    while (place !== same) place = removed(place);
    if (same.nodeType === Node.ELEMENT_NODE) {
      const gone = [...same.attributes].filter(({ name }) => name !== "open" && !node.hasAttribute(name));
      for (const { name } of gone) same.removeAttribute(name);
      for (const { name, value } of node.attributes) same.setAttribute(name, value);
      renew(same, node);
    } else same.data = node.data;
    place = same.nextSibling;
  }
  while (place) place = removed(place);
}

function alike(one, other) {
  if (one.nodeName !== other.nodeName) return false;
  if (one.nodeType !== Node.ELEMENT_NODE) return true;
  const names = [["class", "id", "name"], one.nodeName === "BUTTON" ? ["value"] : []].flat();
  return names.every((name) => one.getAttribute(name) === other.getAttribute(name));
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

// After a form has come back, whoever listens to the page or moves by keyboard begins at what is wrong.
addEventListener("load", () => document.querySelector(".problems")?.focus());

// A passkey: the device is asked what the page's form says, and an ordinary form carries its answer. Without this script,
// or where there are none, the form is not shown.
for (const form of document.querySelectorAll("form.passkey")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) break;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.credential.value) return;
    event.preventDefault();
    const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) return;
    const told = await answer.json();
    try {
      const made = form.dataset.act === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(told) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(told) });
      form.credential.value = JSON.stringify(made.toJSON());
    } catch {
      return; // whoever changes their mind stays on the page
    }
    form.requestSubmit();
  });
}
