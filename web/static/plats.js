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
