// The keyboard: / search, g + door, j k move, Enter opens, o previews, x chooses, ? help, data-key for the acts of a page.
const help = document.getElementById("keyboard-help");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll("[data-rows] > tbody > tr, [data-rows] > li, [data-sheet]")];
let waitsForDoor = false;

const current = () => rows().findIndex((row) => row.classList.contains("x-current") || row.contains(document.activeElement));

function choose(row) {
  rows().forEach((other) => { other.classList.toggle("x-current", other === row); });
  const link = row.matches("[data-sheet]") ? row : row.querySelector("a, button") || row;
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("row:chosen", { bubbles: true }));
}

function move(step) {
  const all = rows();
  const beside = document.querySelector(`[data-key="${step > 0 ? "j" : "k"}"]`);
  if (beside) beside.click();
  if (beside || !all.length) return;
  const at = current();
  choose(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function act(key) {
  const sheet = rows()[current()];
  const scope = sheet?.matches("[data-sheet]") ? sheet : document;
  const target = scope.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target || target.disabled) return false;
  target.click();
  return true;
}

function door(key) {
  document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
}

function open() {
  const row = rows()[current()];
  if (!row || row.contains(document.activeElement)) return false;
  row.querySelector("a")?.click();
  return true;
}

function peeked(row) {
  if (!row?.dataset.peek) return false;
  row.dispatchEvent(new CustomEvent("row:peek", { bubbles: true }));
  return true;
}

const keys = {
  "/": () => { const box = document.getElementById("search"); box?.focus(); box?.select(); return Boolean(box); },
  "?": () => { help?.showModal(); return Boolean(help); },
  g: () => { waitsForDoor = true; setTimeout(() => { waitsForDoor = false; }, 1500); return true; },
  j: () => { move(1); return true; },
  k: () => { move(-1); return true; },
  Enter: open,
  o: () => peeked(rows()[current()]),
  x: () => {
    const row = rows()[current()];
    if (!row?.dataset.row) return peeked(row);
    row.dispatchEvent(new CustomEvent("row:ticked", { bubbles: true }));
    return true;
  },
};
keys[" "] = () => {
  const row = rows()[current()];
  return Boolean(row?.dataset.peek) && document.activeElement?.tagName === "A" && keys.o();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (waitsForDoor) {
    waitsForDoor = false;
    door(event.key);
    event.preventDefault();
    return;
  }
  const known = Object.hasOwn(keys, event.key) ? keys[event.key]() : act(event.key);
  if (known) event.preventDefault();
});

document.querySelectorAll("[data-open-help]").forEach((button) => button.addEventListener("click", () => help?.showModal()));
