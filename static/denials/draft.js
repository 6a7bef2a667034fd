// While a denial is written: what is still missing, the entries a typed code or word leads to, what it is read as.
const form = document.querySelector("form[data-entries-at]");
const missing = form?.querySelector("[data-missing]");
let waiting = 0;

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes;

async function check() {
  const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (answer.status === 200) missing.replaceChildren(...await parsed(answer));
}

if (form?.dataset.check) {
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, 600); });
  form.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(check, 200); });
}

const list = document.getElementById("entries");
let asked = 0;

async function suggest(text) {
  const answer = await fetch(`${form.dataset.entriesAt}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const { entries } = await answer.json();
  list.replaceChildren(...entries.map(({ code, title }) => {
    const option = document.createElement("option");
    option.value = code;
    option.label = `${code} – ${title.slice(0, 90)}`;
    return option;
  }));
}

async function readAs(field) {
  const box = field.closest("[data-formset-row]")?.querySelector("[data-read-as]");
  if (!box || !form.dataset.readAt) return;
  const address = new URL(form.dataset.readAt, location.href);
  const regime = form.elements.namedItem("regime")?.value;
  if (regime) address.searchParams.set("regime", regime);
  address.searchParams.set("text", field.value);
  address.searchParams.set("field", field.name);
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok) box.replaceChildren(...await parsed(answer));
}

form?.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-entries]")) return;
  field.setAttribute("list", "entries");
  clearTimeout(asked);
  asked = setTimeout(() => { suggest(field.value); readAs(field); }, 250);
});

// An entry proposed fills the field; without scripts the same button saves with it in the field.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  const field = button?.closest("[data-formset-row]")?.querySelector("[data-entries]");
  if (!field) return;
  event.preventDefault();
  field.value = button.dataset.take;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
