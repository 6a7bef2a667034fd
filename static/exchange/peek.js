// A preview of the chosen row beside the list. Rows name a fragment in data-peek; without scripts their link opens the page.
const panel = document.querySelector("[data-peek-panel]");
const body = panel?.querySelector("[data-peek-body]");
const wait = panel?.querySelector("[data-peek-wait]");
const failed = panel?.querySelector("[data-peek-failed]");
let asked = "";
let timer = 0;

function show(row) {
  document.querySelectorAll("tr.x-peeked, li.x-peeked").forEach((other) => other.classList.remove("x-peeked"));
  row.classList.add("x-peeked");
  panel.hidden = false;
  document.body.classList.add("x-peeking");
}

async function peek(row) {
  const address = row.dataset.peek;
  if (!panel || !address) return;
  asked = address;
  show(row);
  failed.hidden = true;
  wait.hidden = false;
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const words = await answer.text();
    if (asked !== address) return;
    body.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
  } catch {
    if (asked !== address) return;
    body.replaceChildren();
    failed.hidden = false;
  } finally {
    if (asked === address) wait.hidden = true;
  }
}

function close() {
  if (!panel || panel.hidden) return;
  asked = "";
  panel.hidden = true;
  document.body.classList.remove("x-peeking");
  const row = document.querySelector(".x-peeked");
  row?.classList.remove("x-peeked");
  row?.querySelector("a")?.focus();
}

if (panel) {
  document.addEventListener("row:peek", (event) => peek(event.target));
  document.addEventListener("row:chosen", (event) => {
    clearTimeout(timer);
    if (!panel.hidden && event.target.dataset.peek) timer = setTimeout(() => peek(event.target), 120);
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-peek]");
    const chosenText = String(window.getSelection());
    if (row && !chosenText && !event.target.closest("a, button, input, label, summary")) peek(row);
    if (event.target.closest("[data-peek-close]")) close();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !document.querySelector("dialog[open]")) close(); });
}
