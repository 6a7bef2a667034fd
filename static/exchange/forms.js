// Repeating rows of a formset, the section shown in a side index, and a question before leaving unsaved work.
function renumber(set) {
  const shown = [...set.querySelectorAll("[data-formset-row]")].filter((row) => !row.hidden);
  shown.forEach((row, at) => { const number = row.querySelector("[data-formset-number]"); if (number) number.textContent = at + 1; });
}

function prepare(row, set) {
  const button = row.querySelector("[data-formset-remove]");
  const box = row.querySelector("[data-formset-delete]");
  if (!button || !box) return;
  button.hidden = false;
  box.hidden = true;
  button.addEventListener("click", () => {
    box.querySelector("input[type=checkbox]").checked = true;
    row.hidden = true;
    renumber(set);
    set.querySelector("[data-formset-add]").focus();
    set.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.querySelectorAll("[data-formset]").forEach((set) => {
  const prefix = set.dataset.formset;
  const total = set.querySelector(`input[name="${CSS.escape(prefix)}-TOTAL_FORMS"]`);
  const most = Number(set.querySelector(`input[name="${CSS.escape(prefix)}-MAX_NUM_FORMS"]`)?.value || 1000);
  const empty = set.querySelector("template[data-formset-empty]");
  const list = set.querySelector("[data-formset-rows]");
  const add = set.querySelector("[data-formset-add]");
  list.querySelectorAll("[data-formset-row]").forEach((row) => prepare(row, set));
  if (!add || !empty || !total) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    const number = Number(total.value);
    if (number >= most) { add.disabled = true; return; }
    const box = document.createElement("div");
    box.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(number));
    const row = box.firstElementChild;
    list.append(row);
    total.value = number + 1;
    prepare(row, set);
    renumber(set);
    [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].find((one) => one.offsetParent)?.focus();
  });
});

const index = document.querySelector("[data-side-index]");
if (index && "IntersectionObserver" in window) {
  const links = new Map([...index.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((seen) => {
    seen.filter((one) => one.isIntersecting).forEach((one) => {
      links.forEach((link) => link.removeAttribute("aria-current"));
      links.get(one.target.id)?.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-10% 0px -75% 0px" });
  links.forEach((_link, id) => { const section = document.getElementById(id); if (section) watcher.observe(section); });
}

document.querySelectorAll("form[data-guard]").forEach((form) => {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
});

// A legal act is sent once: the button rests while the answer is under way.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "1";
  setTimeout(() => { delete event.target.dataset.sent; }, 8000);
});
