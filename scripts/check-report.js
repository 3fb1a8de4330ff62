// Tries the page of all results inside a browser and leaves one line a finding; scripts/check-report.sh adds it to a copy of the page.
(async () => {
  const found = [];
  let count = 0;
  const check = (holds, words) => { count++; if (!holds) found.push(words); };
  const all = selector => [...document.querySelectorAll(selector)];
  const pause = time => new Promise(done => setTimeout(done, time));
  const visible = selector => all(selector).filter(e => !e.hidden);
  const rows = "#experiments [data-item]";

  try {
    check(innerWidth === checkedWidth, `the window is ${innerWidth} wide, not ${checkedWidth}`);
    check(document.documentElement.scrollWidth <= innerWidth, `the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);

    // What a screen reader and a keyboard need.
    for (const name of ["header", "nav[aria-label]", "main", "form[role=search][aria-label]", "footer", "[aria-live=polite]"]) {
      check(document.querySelector(name), `no ${name}`);
    }
    check(all("h1").length === 1, "not one h1");
    const ids = all("[id]").map(e => e.id);
    check(new Set(ids).size === ids.length, `ids stand twice: ${ids.filter((id, i) => ids.indexOf(id) !== i).slice(0, 3)}`);
    for (const e of all("section")) check(document.getElementById(e.getAttribute("aria-labelledby")), "a section without a heading");
    for (const e of all("input, select")) check(e.labels.length > 0, `no label of ${e.outerHTML.slice(0, 80)}`);
    for (const e of all("svg[role=img]")) check(e.getAttribute("aria-label"), "a drawing without words");
    for (const e of all(".wide")) check(e.tabIndex === 0 && e.getAttribute("aria-label"), "a part that scrolls without a keyboard");
    for (const e of all("a[href^='#']")) check(document.getElementById(decodeURIComponent(e.hash.slice(1))), `a link to nothing: ${e.hash}`);
    check(all("link, script[src], img[src^=http], image[href^=http]").length === 0, "something comes from elsewhere");
    check(all("script, style").every(e => !/\bfetch\(|XMLHttpRequest|@import|url\(http/.test(e.textContent) || e === document.currentScript || e.id === "check"),
      "a script or style asks the network");

    // Colours in this mode.
    const style = getComputedStyle(document.documentElement);
    const light = name => {
      const hex = style.getPropertyValue(name).trim();
      return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    };
    const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    check(light("--paper") < 0.5 === matchMedia("(prefers-color-scheme: dark)").matches, "the page does not follow the system's light or dark");
    for (const name of ["--ink", "--soft", "--link", "--better", "--worse", "--within", "--none"]) for (const ground of ["--paper", "--back"]) {
      check(contrast(name, ground) >= 4.5, `${name} on ${ground} has a contrast of ${contrast(name, ground).toFixed(2)}`);
    }
    for (const name of ["--lin", "--inv", "--legs", "--tfb", "--hope", "--dfout", "--first", "--second"]) {
      check(contrast(name, "--paper") >= 3, `${name} has a contrast of ${contrast(name, "--paper").toFixed(2)}`);
    }
    for (const e of all(".verdict")) check(/\p{L}/u.test(e.textContent), "a verdict without a word");

    // Search and filters.
    const search = document.getElementById("search"), said = document.getElementById("said"), whole = all(rows).length;
    const type = async text => {
      search.value = text;
      search.dispatchEvent(new Event("input", { bubbles: true }));
      await pause(300);
    };
    check(whole > 0 && visible(rows).length === whole, "not every experiment is shown at first");
    const word = all(rows)[whole >> 1].querySelector("code").textContent;
    await type(word);
    check(visible(rows).length > 0 && visible(rows).length < whole, `a search for ${word} shows ${visible(rows).length} of ${whole}`);
    check(visible(rows).every(e => (e.textContent + e.dataset.item).toLowerCase().includes(word)), "a search shows what does not match");
    check(/match/.test(said.textContent), "a search says nothing");
    await type("nothing is called so");
    check(visible("[data-item]").length === 0 && document.querySelector("#experiments.nothing"), "a search for nothing finds something");
    document.getElementById("filters").reset();
    await pause(100);
    check(visible(rows).length === whole, "Show all does not show all");
    for (const select of all("select[data-filter]")) for (const option of [...select.options].slice(1, 3)) {
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      const name = select.dataset.filter;
      check(visible(`[data-${name}]`).every(e => e.dataset[name] === option.value), `the filter ${name} lets others through`);
      check(visible(rows).length === all(rows).filter(e => e.dataset[name] === option.value).length, `the filter ${name} hides too much`);
      select.value = "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    // Order.
    for (const table of all("table.list")) for (const button of table.querySelectorAll("th button[data-sort]")) {
      const head = button.closest("th"), column = [...head.parentElement.children].indexOf(head);
      for (const order of ["ascending", "descending"]) {
        button.click();
        check(head.getAttribute("aria-sort") === order, `${button.textContent} is not ${order}`);
        const lines = "bodies" in table.dataset ? [...table.tBodies].map(b => b.rows[0]) : [...table.tBodies[0].rows];
        const keys = lines.map(line => line.cells[column].dataset.order ?? line.cells[column].textContent.trim()).filter(Boolean);
        if (keys.every(k => !Number.isNaN(Number(k)))) {
          check(keys.every((k, i) => i === 0 || (order === "ascending" ? keys[i - 1] <= +k : keys[i - 1] >= +k)), `${button.textContent} is out of order`);
        }
      }
      check(table.querySelectorAll("[aria-sort=ascending], [aria-sort=descending]").length === 1, "two columns claim the order");
    }

    // Runs, and links to them.
    const run = document.querySelector("#runs tbody[id]");
    if (run) {
      const button = run.querySelector("button[aria-expanded]"), detail = document.getElementById(button.getAttribute("aria-controls"));
      check(detail.hidden, "a run is open at first");
      button.click();
      check(!detail.hidden && button.getAttribute("aria-expanded") === "true", "a run does not open");
      check(detail.querySelector("svg.curves polyline, svg.curves .dot") && detail.querySelectorAll("dd").length > 5, "a run without curves or facts");
      button.click();
      await type("nothing is called so");
      location.hash = run.id;
      await pause(200);
      check(!run.hidden && !detail.hidden && document.activeElement === run, "a link to a run does not show it");
      check(visible(rows).length === whole, "a link to what is filtered away leaves the filters");
    }

    // The explorer.
    const form = document.getElementById("explorer-form"), plots = ["poles", "kernel", "response", "hankel"].map(n => `explorer-${n}`);
    const drawn = id => document.getElementById(id).innerHTML;
    const settled = async () => { for (let i = 0; i < 100 && (await pause(100), document.getElementById("explorer-numbers").textContent.includes("…")); i++); };
    for (const box of form.querySelectorAll("input[type=checkbox]")) if (!box.checked) box.click();
    await settled();
    for (const id of plots) for (const box of form.querySelectorAll("input[type=checkbox]")) {
      check(document.querySelector(`#${id} .m-${box.name}`), `${id} does not draw ${box.name}`);
    }
    const effects = { alpha: ["tfb-lra"], beta: ["tfb-lra"], delta: ["s4d-lin", "s4d-inv", "s4d-legs", "tfb-lra", "hope"], xi: ["dfout"], n: ["hope", "dfout", "s4d-lin"] };
    for (const [name, moved] of Object.entries(effects)) {
      const numbers = () => Object.fromEntries([...document.querySelectorAll("#explorer-response polyline")].map(e => [e.getAttribute("class").slice(2), e.getAttribute("points")]));
      const axis = () => [...document.querySelectorAll("#explorer-response text")].map(e => e.textContent).join();
      await settled();
      const [before, scale] = [numbers(), axis()];
      form.elements[name].value = Number(form.elements[name].value) + Number(form.elements[name].step) * 4;
      form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
      await settled();
      const after = numbers();
      for (const method of moved) check(before[method] !== after[method], `${name} does not move ${method}`);
      if (scale === axis()) for (const method of Object.keys(after)) {
        check(moved.includes(method) || name === "n" || before[method] === after[method], `${name} moves ${method}`);
      }
      check(form.querySelector(`output[for=explorer-${name}]`).textContent !== "", `${name} has no value`);
    }
    check(/rank \d+ of/.test(document.getElementById("explorer-said").textContent), "the explorer says nothing");
    check(plots.every(id => !/NaN|Infinity/.test(drawn(id))), "the explorer draws what is no number");
    check(document.documentElement.scrollWidth <= innerWidth, "the page has become wider than its window");
  } catch (error) {
    found.push(`the check itself ended: ${error.stack}`);
  }
  for (const error of pageErrors) found.push(`console: ${error}`);
  parent.postMessage(found.map(f => `CHECK FOUND ${f}`).concat(`CHECK DONE ${count}`).join("\n"), "*");
})();
