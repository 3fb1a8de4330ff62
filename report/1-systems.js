// Initial systems of six methods in double precision: poles, kernel, frequency response, Hankel singular values. The same formulas as
// Sources/StateSpace, with whose numbers a test compares these. A complex number is [real, imaginary].
const Systems = (() => {
  const add = (a, b) => [a[0] + b[0], a[1] + b[1]];
  const sub = (a, b) => [a[0] - b[0], a[1] - b[1]];
  const mul = (a, b) => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
  const scale = (a, s) => [a[0] * s, a[1] * s];
  const conj = a => [a[0], -a[1]];
  const abs = a => Math.hypot(a[0], a[1]);
  const div = (a, b) => scale(mul(a, conj(b)), 1 / (b[0] * b[0] + b[1] * b[1]));
  const polar = (r, phase) => [r * Math.cos(phase), r * Math.sin(phase)];
  const exp = z => polar(Math.exp(z[0]), z[1]);
  // exp(z) − 1 without cancellation: exp(x)·cos y − 1 = expm1(x)·cos y − 2·sin²(y/2).
  const expm1 = z => {
    const s = Math.sin(z[1] / 2);
    return [Math.expm1(z[0]) * Math.cos(z[1]) - 2 * s * s, Math.exp(z[0]) * Math.sin(z[1])];
  };
  const phi = z => (z[0] === 0 && z[1] === 0 ? [1, 0] : div(expm1(z), z));
  const range = (count, f) => Array.from({ length: count }, (_, i) => f(i));

  // Σⱼ arctan(2ω/(2j+1)) = π·(N−1)/2 − π·k gives the frequencies of HiPPO-LegS: Newton's steps, halves of the interval where one leaves it.
  function legSFrequencies(n) {
    let above = n * n;
    return range(n / 2, index => {
      const phase = Math.PI * ((n - 1) / 2 - index);
      let low = 0, high = above, w = above / 2;
      for (;;) {
        let value = 0, slope = 0;
        for (let row = 0; row < n; row++) {
          const odd = 2 * row + 1;
          value += Math.atan2(2 * w, odd);
          slope += 2 * odd / (odd * odd + 4 * w * w);
        }
        if (value < phase) low = w; else high = w;
        const step = w - (value - phase) / slope;
        if (Math.abs(step - w) <= 1e-9 * w) return above = step;
        w = step > low && step < high ? step : (low + high) / 2;
      }
    });
  }

  // |B| of a mode: its eigenvector v has vⱼ = uⱼ/√(2j+1) with uⱼ₊₁ = −uⱼ·(1 − 2iω/(2j+1))/(1 + 2iω/(2j+3)), and B of HiPPO is √(2j+1).
  function legSInputWeight(w, n) {
    let u = [1, 0], sum = [0, 0], norm = 0;
    for (let j = 0; j < n; j++) {
      sum = add(sum, u);
      norm += (u[0] * u[0] + u[1] * u[1]) / (2 * j + 1);
      u = scale(mul(u, div([1, -2 * w / (2 * j + 1)], [1, 2 * w / (2 * j + 3)])), -1);
    }
    return abs(sum) / Math.sqrt(norm);
  }

  // Continuous poles and input weights of a method, one pole of each conjugate pair.
  function continuous(method, s) {
    const half = s.n / 2;
    switch (method) {
      case "s4d-lin": return { poles: range(half, k => [-0.5, -Math.PI * k]) };
      case "s4d-inv": return { poles: range(half, k => [-0.5, -s.n / Math.PI * (s.n / (2 * k + 1) - 1)]) };
      case "s4d-legs": {
        const w = legSFrequencies(s.n);
        return { poles: w.map(w => [-0.5, -w]), inputs: w.map(w => [legSInputWeight(w, s.n), 0]) };
      }
      case "tfb-lra": return { poles: range(s.n, k => [-0.5, -Math.max(s.alpha * Math.PI * k, 1e-4)]) };
    }
  }

  // Logarithms of the discrete poles with B̄; those of DFouT lie on its grid with damping ξ, and its hold has the step ξ.
  function modes(method, s) {
    if (method === "dfout") {
      return range(s.n / 2, k => [-s.xi / 2, 2 * Math.PI * k / s.n]).map(z => ({ z, input: scale(phi(z), s.xi) }));
    }
    const { poles, inputs } = continuous(method, s);
    return poles.map((pole, k) => {
      const z = scale(pole, s.delta);
      return { z, input: mul(scale(phi(z), s.delta), inputs ? inputs[k] : [1, 0]) };
    });
  }

  function fft(values, sign) {
    const n = values.length;
    if (n === 1) return values;
    const even = fft(values.filter((_, i) => i % 2 === 0), sign), odd = fft(values.filter((_, i) => i % 2 === 1), sign);
    const out = new Array(n);
    for (let k = 0; k < n / 2; k++) {
      const t = mul(polar(1, sign * 2 * Math.PI * k / n), odd[k]);
      out[k] = add(even[k], t);
      out[k + n / 2] = sub(even[k], t);
    }
    return out;
  }

  // Singular values of a complex matrix, given by columns: columns are turned by pairs until all are orthogonal (Hestenes).
  function singularValues(columns) {
    const n = columns.length, re = columns.map(c => Float64Array.from(c, z => z[0])), im = columns.map(c => Float64Array.from(c, z => z[1]));
    const rows = n ? re[0].length : 0;
    for (let sweep = 0, turned = true; turned && sweep < 40; sweep++) {
      turned = false;
      for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) {
        const a = re[p], b = im[p], c = re[q], d = im[q];
        let pp = 0, qq = 0, x = 0, y = 0;
        for (let i = 0; i < rows; i++) {
          pp += a[i] * a[i] + b[i] * b[i];
          qq += c[i] * c[i] + d[i] * d[i];
          x += a[i] * c[i] + b[i] * d[i];
          y += a[i] * d[i] - b[i] * c[i];
        }
        const size = Math.hypot(x, y);
        if (size === 0 || size <= 1e-15 * Math.sqrt(pp) * Math.sqrt(qq)) continue;
        turned = true;
        const zeta = (qq - pp) / (2 * size), t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cs = 1 / Math.hypot(1, t), sn = cs * t, ur = x / size, ui = y / size;
        for (let i = 0; i < rows; i++) {
          // Column q without the phase of the product, then a real turn.
          const e = c[i] * ur + d[i] * ui, f = d[i] * ur - c[i] * ui, g = a[i], h = b[i];
          a[i] = cs * g - sn * e; b[i] = cs * h - sn * f;
          c[i] = sn * g + cs * e; d[i] = sn * h + cs * f;
        }
      }
    }
    return re.map((c, k) => Math.sqrt(c.reduce((sum, v, i) => sum + v * v + im[k][i] * im[k][i], 0))).sort((u, v) => v - u);
  }

  // R with P = R·Rᴴ for P_jk = b_j·conj(b_k)/(1 − λ̄_j·conj(λ̄_k)), by elimination in which nothing cancels; columns.
  function gramianFactor(z, weights) {
    const n = z.length, rest = weights.slice(), columns = [];
    const below = (j, k) => scale(expm1(add(z[j], conj(z[k]))), -1);
    const variances = range(n, j => below(j, j)[0]);
    let first = 0;
    for (let step = 0; step < n; step++) {
      let pivot = 0, largest = -1;
      for (let j = 0; j < n; j++) {
        const size = (rest[j][0] ** 2 + rest[j][1] ** 2) / variances[j];
        if (size > largest) { largest = size; pivot = j; }
      }
      first = first || largest;
      if (!(largest > 1e-36 * first)) break;
      const factor = scale(conj(rest[pivot]), Math.sqrt(variances[pivot]) / abs(rest[pivot])), last = exp(z[pivot]);
      columns.push(range(n, j => div(mul(rest[j], factor), below(j, pivot))));
      for (let j = 0; j < n; j++) rest[j] = mul(rest[j], div(mul(last, expm1(sub(z[j], z[pivot]))), below(j, pivot)));
    }
    return columns;
  }

  // Both of each conjugate pair; B̄ and C enter by factors of their Gramians, whose product has the singular values.
  function hankelOfModes(all, weights) {
    const z = all.map(m => m.z), b = all.map(m => m.input), both = list => list.concat(list.map(conj));
    const r = gramianFactor(both(z), both(b)), s = gramianFactor(both(z), both(weights));
    const values = singularValues(r.map(column => s.map(row => row.reduce((sum, value, i) => add(sum, mul(value, column[i])), [0, 0]))));
    return values.concat(range(2 * z.length - values.length, () => 0));
  }

  const base = (angle, beta) => Math.pow(1 + Math.abs(angle) / (2 * Math.PI), beta);
  const warped = (angle, delta) => 2 * Math.atan2(Math.sin(angle / 2), delta * Math.cos(angle / 2));

  function hope(s, h, length, points) {
    const sample = (angle, g) => h.reduce((sum, value, j) => add(sum, mul(g(value), polar(1, -angle * (j + 1)))), [0, 0]);
    const samples = range(length, k => sample(warped(2 * Math.PI * k / length, s.delta), v => v));
    return {
      poles: [{ pole: [(1 - s.delta) / (1 + s.delta), 0], multiplicity: s.n }], firstLag: 0,
      kernel: fft(samples, 1).map(v => v[0] / length),
      response: range(points, k => sample(warped(Math.PI * k / (points - 1), s.delta), v => [v[0], 0])),
      hankel: () => singularValues(range(s.n, k => range(s.n, j => (j + k < s.n ? h[j + k] : [0, 0])))),
    };
  }

  // How many output weights, or Markov parameters, a method has.
  const weightCount = (method, n) => (method === "tfb-lra" || method === "hope" ? n : n / 2);

  // A system of one method. settings: alpha, beta, delta, xi, n (even); weights C (for HOPE h) as complex numbers; length of the kernel, a
  // power of two; points of the frequency response from 0 to π. hankel() is slower than all the rest and computed when it is asked for.
  function build(method, s, weights, length, points) {
    if (method === "hope") return hope(s, weights, length, points);
    const all = modes(method, s), beta = method === "tfb-lra" ? s.beta : 0;
    const gains = all.map((m, k) => mul(weights[k], m.input));
    let kernel = range(length, t => gains.reduce((sum, g, k) => {
      const p = exp(scale(all[k].z, t));
      return sum + 2 * (g[0] * p[0] - g[1] * p[1]);
    }, 0));
    let firstLag = 0;
    if (beta !== 0) {
      const circle = fft(kernel.concat(kernel.map(() => 0)).map(v => [v, 0]), -1);
      const back = fft(circle.map((v, k) => scale(v, base(2 * Math.PI * Math.min(k, 2 * length - k) / (2 * length), beta))), 1);
      kernel = range(2 * length, k => back[(k + length) % (2 * length)][0] / (2 * length));
      firstLag = -length;
    }
    const response = range(points, k => {
      const angle = Math.PI * k / (points - 1), delay = polar(1, -angle);
      const sum = gains.reduce((sum, g, i) => {
        const pole = exp(all[i].z);
        return add(add(sum, div(g, sub([1, 0], mul(pole, delay)))), div(conj(g), sub([1, 0], mul(conj(pole), delay))));
      }, [0, 0]);
      return scale(sum, base(angle, beta));
    });
    return { poles: all.map(m => ({ pole: exp(m.z), multiplicity: 1 })), firstLag, kernel, response, hankel: () => hankelOfModes(all, weights) };
  }

  return { build, weightCount, legSInputWeight, legSFrequencies };
})();
