// While a denial is written: what is still missing, and the entries a typed code or word leads to.
const form = document.querySelector("form[data-entries-at]");
const missing = form?.querySelector("[data-missing]");
let waiting = 0;

async function check() {
  const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  if (answer.status === 200) missing.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
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

form?.addEventListener("input", (event) => {
  if (!event.target.matches("[data-entries]")) return;
  event.target.setAttribute("list", "entries");
  clearTimeout(asked);
  asked = setTimeout(() => suggest(event.target.value), 250);
});
