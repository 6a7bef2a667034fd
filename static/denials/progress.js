// Looks again, every three seconds, at a page whose work goes on; without scripts its link does the same.
const EVERY = 3000;

async function again() {
  const moving = document.querySelector("[data-progress]");
  if (!moving) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-progress]");
    if (!next) {
      location.reload();
      return;
    }
    moving.replaceChildren(...next.childNodes);
  } finally {
    setTimeout(again, EVERY);
  }
}

setTimeout(again, EVERY);
