// Search, filters, order of lines, details of runs and commands to copy.
(() => {
  document.documentElement.classList.add("js");
  const said = document.getElementById("said");
  const search = document.getElementById("search");
  const filters = [...document.querySelectorAll("select[data-filter]")];
  const items = [...document.querySelectorAll("[data-item]")].map(element => ({ element, text: null }));
  const lists = [...document.querySelectorAll("[data-list]")];

  function matches(item, words, chosen) {
    for (const [name, value] of chosen) {
      const own = item.element.dataset[name];
      if (own !== undefined && own !== value) return false;
    }
    if (words.length === 0) return true;
    item.text ??= (item.element.dataset.item + " " + item.element.textContent).toLowerCase();
    return words.every(word => item.text.includes(word));
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = filters.filter(f => f.value).map(f => [f.dataset.filter, f.value]);
    let count = 0;
    for (const item of items) {
      item.element.hidden = !matches(item, words, chosen);
      if (!item.element.hidden) count++;
    }
    for (const list of lists) {
      const own = [...list.querySelectorAll("[data-item]")], left = own.filter(e => !e.hidden).length;
      list.querySelector("[data-count]").textContent = left === own.length ? `${own.length}` : `${left} of ${own.length}`;
      list.classList.toggle("nothing", left === 0);
    }
    said.textContent = words.length || chosen.length ? `${count} of ${items.length} lines and figures match` : "";
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  for (const select of filters) select.addEventListener("change", filter);
  document.getElementById("filters").addEventListener("reset", () => setTimeout(filter));
  document.getElementById("filters").addEventListener("submit", event => event.preventDefault());

  // Numbers before words, and what is empty last in both directions.
  function compare(a, b, sign) {
    if (a === "" || b === "") return (a === "") - (b === "");
    const x = Number(a), y = Number(b);
    return sign * (Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : x - y);
  }

  for (const button of document.querySelectorAll("th button[data-sort]")) {
    button.addEventListener("click", () => {
      const head = button.closest("th"), table = button.closest("table"), column = [...head.parentElement.children].indexOf(head);
      const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of head.parentElement.children) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      // A run is a body of two lines, an experiment a line of the one body.
      const lines = "bodies" in table.dataset ? [...table.tBodies] : [...table.tBodies[0].rows];
      const key = line => {
        const cell = (line.rows ? line.rows[0] : line).cells[column];
        return cell.dataset.order ?? cell.textContent.trim();
      };
      const sorted = lines.map(line => [key(line), line]).sort((a, b) => compare(a[0], b[0], sign));
      const parent = lines[0]?.parentElement;
      for (const [, line] of sorted) parent.append(line);
      said.textContent = `Ordered by ${button.textContent.trim()}, ${sign > 0 ? "ascending" : "descending"}`;
    });
  }

  function open(button, isOpen) {
    button.setAttribute("aria-expanded", String(isOpen));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !isOpen;
  }
  for (const button of document.querySelectorAll("button[aria-expanded]")) {
    open(button, false);
    button.addEventListener("click", () => open(button, button.getAttribute("aria-expanded") !== "true"));
  }

  // A link to what is hidden or folded shows it.
  function follow() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let e = target; e; e = e.parentElement) {
      if (e.tagName === "DETAILS") e.open = true;
      if (e.dataset?.item !== undefined && e.hidden) {
        document.getElementById("filters").reset();
        filter();
      }
    }
    const button = target.querySelector("button[aria-expanded]");
    if (button) open(button, true);
    target.scrollIntoView();
    // Drawings on the way have their heights only now.
    setTimeout(() => target.scrollIntoView(), 60);
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", follow);

  document.addEventListener("click", async event => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = `Copied: ${text}`;
    } catch {
      // Without the right to copy the command is marked, so that a keystroke copies it.
      getSelection().selectAllChildren(button.previousElementSibling);
      said.textContent = "The command is marked";
    }
  });

  filter();
  follow();
})();
