// Fills the field of a configuration from the preset that was chosen.
// @ts-check

for (const select of document.querySelectorAll("select[data-preset]")) {
  if (!(select instanceof HTMLSelectElement)) continue;
  const field = document.getElementById(select.dataset.preset ?? "");
  const hint = document.getElementById("preset-hint");
  select.addEventListener("change", () => {
    const chosen = select.selectedOptions[0];
    if (field instanceof HTMLTextAreaElement) field.value = chosen.dataset.configuration ?? "";
    if (hint) hint.textContent = chosen.dataset.hint ?? "";
  });
}
