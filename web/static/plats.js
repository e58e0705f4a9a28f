// The sum beside the button follows what is typed. Without this script the button "work out the sum again" does it.
"use strict";

document.documentElement.classList.add("live");

for (const form of document.querySelectorAll("form.booking")) {
  let asked = 0;
  form.addEventListener("change", async () => {
    const turn = ++asked;
    const typed = new URLSearchParams(new FormData(form));
    typed.set("do", "sum");
    const answer = await fetch(form.action, { method: "POST", body: typed, headers: { Accept: "text/html" } });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("sum");
    if (fresh) form.querySelector("#sum").replaceChildren(...fresh.childNodes);
  });
}

// Choosing other seats shows their outcome at once. Without this script a button does it.
for (const form of document.querySelectorAll("form.choose")) {
  let asked = 0;
  form.addEventListener("change", async () => {
    const turn = ++asked;
    const answer = await fetch(`?${new URLSearchParams(new FormData(form))}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("outcome");
    if (fresh) document.getElementById("outcome").replaceChildren(...fresh.childNodes);
  });
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
