// Rows chosen with x or by their mark: the export then holds only them. Without scripts it holds all that is listed.
const chosen = new Set();
const label = document.querySelector("[data-chosen-label]");
const links = [...document.querySelectorAll("[data-export]")].map((link) => ({ link, all: link.href }));

function show() {
  document.querySelectorAll("tr[data-row]").forEach((row) => {
    row.classList.toggle("x-chosen", chosen.has(row.dataset.row));
    row.setAttribute("aria-selected", String(chosen.has(row.dataset.row)));
  });
  links.forEach(({ link, all }) => {
    const address = new URL(all);
    chosen.forEach((id) => address.searchParams.append("only", id));
    link.href = address.href;
  });
  if (label) label.textContent = chosen.size ? `${label.dataset.some} (${chosen.size})` : label.dataset.all;
}

document.addEventListener("row:ticked", (event) => {
  const id = event.target.dataset.row;
  if (!chosen.delete(id)) chosen.add(id);
  show();
});
