// The room's screen looks every few seconds whether more have answered, and shows what has changed.
const live = document.getElementById("live");
const EVERY = 4000;

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (!now) location.reload();
    else if (now.innerHTML !== live.innerHTML) live.innerHTML = now.innerHTML;
  } catch {
    // The connection is away for a moment; it is looked again.
  }
}

if (live) setInterval(look, EVERY);
