// Runs before the first paint: light or dark as chosen, else as the system asks. Marks that scripts run.
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const apply = () => root.setAttribute("data-bs-theme", chosen() || (system.matches ? "dark" : "light"));
  root.classList.add("x-js");
  apply();
  system.addEventListener("change", apply);
})();
