// Menus made of <details>: one open at a time, closed by Escape and by a click elsewhere. The theme switch and filters.
const menus = () => [...document.querySelectorAll("[data-menu][open]")];

document.addEventListener("click", (event) => {
  menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  if (document.activeElement?.classList.contains("x-term")) document.activeElement.blur();
});

const isDark = () => document.documentElement.getAttribute("data-bs-theme") === "dark";
document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
  button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.setAttribute("data-bs-theme", next);
    button.setAttribute("aria-pressed", String(next === "dark"));
    try { localStorage.setItem("theme", next); } catch { /* without storage the choice lasts for this page */ }
  });
});

// On a narrow screen filters start closed; without scripts they are open everywhere.
if (window.matchMedia("(max-width: 900px)").matches) {
  document.querySelectorAll("[data-facets]").forEach((facets) => { facets.open = false; });
}

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
document.querySelector("[data-focus]")?.focus();
