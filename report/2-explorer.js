// The explorer: what the controls say goes to Systems, and what comes back is drawn.
(() => {
  const form = document.getElementById("explorer-form");
  if (!form) return;
  const methods = [
    { id: "s4d-lin", name: "S4D-Lin", dash: "", symbol: "M-3,0a3,3 0 1,0 6,0a3,3 0 1,0 -6,0" },
    { id: "s4d-inv", name: "S4D-Inv", dash: "7 3", symbol: "M-3,-3h6v6h-6z" },
    { id: "s4d-legs", name: "S4D-LegS", dash: "2 3", symbol: "M0,-4L4,0L0,4L-4,0z" },
    { id: "tfb-lra", name: "TFB", dash: "9 3 2 3", symbol: "M0,-4L4,3H-4z" },
    { id: "hope", name: "HOPE", dash: "6 2 1 2", symbol: "M0,4L4,-3H-4z" },
    { id: "dfout", name: "DFouT", dash: "3 2", symbol: "M-3,-3L3,3M-3,3L3,-3" },
  ];
  const logarithmic = ["alpha", "delta", "xi"];
  const length = 256, points = 257, tolerance = 1e-4;
  const digits = v => (v === 0 ? "0" : Math.abs(v) >= 0.01 && Math.abs(v) < 1e4 ? String(+v.toPrecision(3)) : v.toExponential(1));

  function settings() {
    const value = name => Number(form.elements[name].value);
    const s = { beta: value("beta"), n: value("n") };
    for (const name of logarithmic) s[name] = Math.pow(10, value(name));
    return s;
  }

  // The same normal numbers whatever is moved.
  function drawn(count) {
    let state = 20250117;
    const uniform = () => {
      state = (state + 0x6D2B79F5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
    };
    return Array.from({ length: count }, () => {
      const r = Math.sqrt(-Math.log(uniform())), a = 2 * Math.PI * uniform();
      return [r * Math.cos(a), r * Math.sin(a)];
    });
  }

  function weights(method, n) {
    const count = Systems.weightCount(method, n), factor = method === "hope" ? 1 / (2 * Math.sqrt(2 * n)) : 1;
    const list = form.elements.weights.value === "drawn" ? drawn(count) : Array.from({ length: count }, () => [1, 0]);
    return list.map(w => [w[0] * factor, w[1] * factor]);
  }

  const superscript = text => text.replace(/[-0-9]/g, c => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)]);
  const label = (axis, v) => {
    const power = Math.log10(v);
    return axis.log && Math.abs(power) > 2 ? "10" + superscript(String(Math.round(power))) : digits(v).replace("-", "−");
  };

  // A frame with axes; returns functions that place numbers.
  function frame(id, x, y) {
    const box = { left: 52, right: 408, top: 12, bottom: 258 };
    const map = (axis, from, to) => v => {
      const f = axis.log ? Math.log10 : u => u;
      return from + (to - from) * (f(v) - f(axis.low)) / (f(axis.high) - f(axis.low));
    };
    const px = map(x, box.left, box.right), py = map(y, box.bottom, box.top);
    let out = `<rect class="frame" x="${box.left}" y="${box.top}" width="${box.right - box.left}" height="${box.bottom - box.top}"/>`;
    for (const t of x.ticks) out += `<text x="${px(t).toFixed(1)}" y="274" text-anchor="middle">${label(x, t)}</text>`;
    for (const t of y.ticks) {
      out += `<path class="grid" d="M${box.left},${py(t).toFixed(1)}H${box.right}"/>`;
      out += `<text x="46" y="${(py(t) + 4).toFixed(1)}" text-anchor="end">${label(y, t)}</text>`;
    }
    out += `<text x="${(box.left + box.right) / 2}" y="293" text-anchor="middle">${x.label}</text>`;
    return { svg: document.getElementById(id), out, px, py, box };
  }

  function ticks(low, high) {
    const raw = (high - low) / 4, power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= raw);
    const list = [];
    for (let t = Math.ceil(low / step); t * step <= high + step * 1e-9; t++) list.push(+(t * step).toPrecision(12));
    return list;
  }

  function logTicks(low, high) {
    const first = Math.ceil(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9), every = Math.max(1, Math.ceil((last - first) / 6));
    const list = [];
    for (let e = first; e <= last; e += every) list.push(Number(`1e${e}`));
    return list;
  }

  function finish(plot, marks, words) {
    plot.svg.innerHTML = plot.out + marks;
    plot.svg.setAttribute("aria-label", words);
  }

  function line(plot, method, xs, ys) {
    const inside = y => Math.max(plot.box.top - 400, Math.min(plot.box.bottom + 400, y));
    const d = xs.map((x, i) => `${plot.px(x).toFixed(1)},${inside(plot.py(ys[i])).toFixed(1)}`).join(" ");
    return `<polyline class="m-${method.id}" stroke-dasharray="${method.dash}" clip-path="url(#explorer-clip)" points="${d}"/>`;
  }

  function drawPoles(shown) {
    const axis = { low: -1.45, high: 1.45, ticks: [-1, 0, 1] };
    const plot = frame("explorer-poles", { ...axis, label: "real part" }, { low: -1.02, high: 1.02, ticks: [-1, 0, 1] });
    let marks = `<ellipse class="circle" cx="${plot.px(0)}" cy="${plot.py(0)}" rx="${plot.px(1) - plot.px(0)}" ry="${plot.py(0) - plot.py(1)}"/>`;
    for (const { method, system } of shown) for (const { pole } of system.poles) {
      for (const sign of pole[1] === 0 ? [1] : [1, -1]) {
        marks += `<path class="m-${method.id} symbol" transform="translate(${plot.px(pole[0]).toFixed(1)},${plot.py(sign * pole[1]).toFixed(1)})" d="${method.symbol}"/>`;
      }
    }
    finish(plot, marks, "Poles in the unit circle. " + shown.map(({ method, system }) => {
      const sizes = system.poles.map(p => Math.hypot(...p.pole));
      return `${method.name}: moduli from ${digits(Math.min(...sizes))} to ${digits(Math.max(...sizes))}`;
    }).join("; "));
  }

  function drawKernels(shown) {
    const first = shown.some(s => s.system.firstLag < 0) ? -64 : 0;
    const visible = shown.map(({ method, system }) => {
      const start = Math.max(first, system.firstLag);
      const values = system.kernel.slice(start - system.firstLag);
      // Each by its own largest value, because Δ and ξ are gains too.
      const size = values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) || 1;
      return { method, size, lags: values.map((_, i) => start + i), values: values.map(v => v / size) };
    });
    const plot = frame("explorer-kernel", { low: first, high: length - 1, ticks: ticks(first, length - 1), label: "lag in steps" },
      { low: -1.08, high: 1.08, ticks: [-1, 0, 1] });
    finish(plot, visible.map(v => line(plot, v.method, v.lags, v.values)).join(""),
      "Kernels, each over its largest value. " + visible.map(v => `${v.method.name}: largest value ${digits(v.size)}`).join("; "));
  }

  function drawResponses(shown) {
    const gains = shown.map(({ method, system }) => ({ method, values: system.response.map(v => Math.max(Math.hypot(v[0], v[1]), 1e-300)) }));
    const all = gains.flatMap(g => g.values).filter(v => v > 1e-300);
    const high = Math.pow(10, Math.ceil(Math.log10(all.length ? Math.max(...all) : 1))), low = Math.max(Math.pow(10, Math.floor(Math.log10(Math.min(...all, high / 10)))), high * 1e-6);
    const angles = Array.from({ length: points }, (_, k) => Math.PI * k / (points - 1));
    const plot = frame("explorer-response", { low: 0, high: Math.PI, ticks: [0, 1, 2, 3], label: "frequency in radians per step" },
      { low, high, log: true, ticks: logTicks(low, high) });
    finish(plot, gains.map(g => line(plot, g.method, angles, g.values)).join(""), "Gain over frequency. " + gains.map(g => {
      const best = g.values.indexOf(Math.max(...g.values));
      return `${g.method.name}: largest ${digits(g.values[best])} at ${digits(angles[best])} radians per step`;
    }).join("; "));
  }

  const rank = values => values.filter(v => v > tolerance * values[0]).length;

  function drawHankel(shown) {
    const count = Math.max(1, ...shown.map(s => (s.hankel || []).length)), low = 1e-12;
    const plot = frame("explorer-hankel", { low: 1, high: Math.max(2, count), ticks: ticks(1, Math.max(2, count)), label: "index" },
      { low, high: 1.5, log: true, ticks: logTicks(low, 1) });
    const marks = shown.filter(s => s.hankel).map(({ method, hankel }) =>
      line(plot, method, hankel.map((_, i) => i + 1), hankel.map(v => Math.max(v / (hankel[0] || 1), low / 1e3)))).join("");
    finish(plot, marks, "Hankel singular values over the largest. " + shown.filter(s => s.hankel).map(({ method, hankel }) =>
      `${method.name}: ${rank(hankel)} of ${hankel.length} above ${tolerance} times the largest`).join("; "));
  }

  function tabulate(shown) {
    document.getElementById("explorer-numbers").innerHTML = shown.map(({ method, system, hankel }) => {
      const gain = Math.max(...system.response.map(v => Math.hypot(v[0], v[1])));
      const modulus = Math.max(...system.poles.map(p => Math.hypot(...p.pole)));
      return `<tr><th scope="row"><span class="swatch m-${method.id}"></span>${method.name}</th><td>${digits(modulus)}</td><td>${digits(gain)}</td>` +
        `<td>${hankel ? `${rank(hankel)} of ${hankel.length}` : "…"}</td></tr>`;
    }).join("");
  }

  let shown = [], turn = 0, waiting = 0;
  const spectra = new Map();

  // Singular values take a tenth of a second, so they come behind, a method at a time, and are dropped where a control has moved again.
  function continueSpectra(mine) {
    const next = shown.find(s => !s.hankel);
    if (mine !== turn) return;
    if (!next) {
      document.getElementById("explorer-said").textContent =
        shown.map(s => `${s.method.name}: rank ${rank(s.hankel)} of ${s.hankel.length}`).join("; ");
      return;
    }
    next.hankel = spectra.get(next.key) || next.system.hankel();
    if (spectra.size > 200) spectra.clear();
    spectra.set(next.key, next.hankel);
    drawHankel(shown);
    tabulate(shown);
    setTimeout(continueSpectra, 0, mine);
  }

  function update() {
    const s = settings();
    for (const name of ["alpha", "beta", "delta", "xi", "n"]) {
      const text = digits(s[name]).replace("-", "−");
      form.elements[name].setAttribute("aria-valuetext", text);
      form.querySelector(`output[for="explorer-${name}"]`).textContent = text;
    }
    shown = methods.filter(m => form.elements[m.id].checked).map(method => {
      const system = Systems.build(method.id, s, weights(method.id, s.n), length, points);
      const key = JSON.stringify([method.id, s, form.elements.weights.value]);
      return { method, system, key, hankel: spectra.get(key) };
    });
    drawPoles(shown);
    drawKernels(shown);
    drawResponses(shown);
    drawHankel(shown);
    tabulate(shown);
    clearTimeout(waiting);
    waiting = setTimeout(continueSpectra, 60, ++turn);
  }

  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    setTimeout(() => { asked = false; update(); }, 16);
  };
  form.addEventListener("input", ask);
  form.addEventListener("reset", () => setTimeout(ask));
  form.addEventListener("submit", event => event.preventDefault());
  update();
})();
