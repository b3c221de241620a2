// Where Plotly puts the corners of a surface's box and the letters of its axes, in pixels of its canvas.
// All that this suite knows of the inside of Plotly's scenes is here: the camera's matrices, and the vertex shader of the letters.

(() => {
  const HALF_TURN = 3.141592; // as the shader has it

  /** What lies outside the canvas of a plot: a sentence for each corner, tick label and title that does. */
  function outside(plot) {
    const { corners, letters, width, height } = framing(plot);
    const beyond = ({ left, right, top, bottom }) => Math.max(-left, right - width, -top, bottom - height);
    return [...corners, ...letters].filter((box) => !(beyond(box) <= 0.5)).map((box) => `${box.name} by ${beyond(box).toFixed(0)} px`);
  }

  function framing(plot) {
    const { glplot, dataScale } = plot._fullLayout.scene._scene, { gl, axes, cameraParams } = glplot;
    const ratio = glplot.pixelRatio, [width, height] = [gl.drawingBufferWidth / ratio, gl.drawingBufferHeight / ratio], to = projected(cameraParams);
    const pixel = ([x, y]) => [((x + 1) / 2) * width, ((1 - y) / 2) * height];
    const corners = Array.from({ length: 8 }, (_, k) => {
      const at = [0, 1, 2].map((axis) => axes.bounds[(k >> axis) & 1][axis]), [x, y] = pixel(to(at));
      return { name: `corner ${at.map((value, axis) => Number((value / dataScale[axis]).toPrecision(3)))}`, left: x, right: x, top: y, bottom: y };
    });
    return { corners, letters: lettersOf(glplot, to, pixel, width, height), width, height };
  }

  /** From data to the cube of the clip, through the scene's own matrices, which hold column after column. */
  function projected({ model, view, projection }) {
    const through = (m, [x, y, z, w]) => [0, 1, 2, 3].map((row) => m[row] * x + m[row + 4] * y + m[row + 8] * z + m[row + 12] * w);
    return ([x, y, z]) => {
      const [a, b, c, w] = through(projection, through(view, through(model, [x, y, z, 1])));
      return [a, b, c].map((value) => value / Math.max(w, 1e-4));
    };
  }

  /** The boxes around the tick labels and titles: the axes are asked to draw, and a listener in place of the letters' shader writes down with what. */
  function lettersOf({ axes, cameraParams, pixelRatio: ratio }, to, pixel, width, height) {
    const vertices = verticesOf(axes), drawn = [], nothing = new Proxy({}, { get: () => () => undefined });
    const note = (kind) => (...given) => drawn.push([kind, ...structuredClone(given)]); // the axes use their arrays again
    const tickAngle = axes.tickAngle.map((angle, k) => (axes.tickAlign[k] === "auto" ? -3600 : angle)); // as it was before the axes drew themselves
    const _text = { ...vertices, bind: () => {}, unbind: () => {}, drawTicks: note("tick"), drawLabel: note("title") };
    const listener = Object.assign(Object.create(axes), { _text, _lines: nothing, _background: nothing, tickAngle, tickAlign: [...axes.tickAlign], lastCubeProps: { cubeEdges: [], axis: [] } });
    axes.draw.call(listener, cameraParams);
    return drawn.flatMap(([kind, axis, scale, angle, offset, , along, alignDirection, align]) => {
      const [start, count] = kind === "tick" ? [vertices.tickOffset[axis], vertices.tickCount[axis]] : [vertices.labelOffset[axis], vertices.labelCount[axis]];
      const boxes = new Map();
      for (let k = start; k < start + count; k++) {
        const [x, y, distance] = vertices.data.slice(3 * k, 3 * k + 3), at = offset.map((value, j) => value + distance * along[j]);
        const turn = angle + (align[2] ? turned(to, at, along, alignDirection, align[0], width / height) : 0);
        const [px, py] = pixel(to(at)), size = scale * (axes.pixelRatio / ratio);
        const dx = size * (Math.cos(turn) * x - Math.sin(turn) * y), dy = -size * (Math.sin(turn) * x + Math.cos(turn) * y);
        const box = boxes.get(distance) ?? { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
        boxes.set(distance, { left: Math.min(box.left, px + dx), right: Math.max(box.right, px + dx), top: Math.min(box.top, py + dy), bottom: Math.max(box.bottom, py + dy) });
      }
      const words = (distance) => (kind === "tick" ? `${"uvf"[axis]} label ${axes.ticks[axis].find(({ x }) => Math.abs(x - distance) < 1e-6 * (1 + Math.abs(x)))?.text}` : `title ${"uvf"[axis]}`);
      return [...boxes].map(([distance, box]) => ({ name: words(distance), ...box }));
    });
  }

  /** The triangles of all letters, three numbers a vertex: across and up in units of the letters' size, and how far along the axis. */
  function verticesOf(axes) {
    const fonts = (kind) => [0, 1, 2].map((k) => ({ family: axes[`${kind}Font`][k], style: axes[`${kind}FontStyle`][k], weight: axes[`${kind}FontWeight`][k], variant: axes[`${kind}FontVariant`][k] }));
    const taken = { buffer: { update: (data) => (taken.data = data) } };
    axes._text.update.call(taken, axes.bounds, axes.labels, fonts("label"), axes.ticks, fonts("tick"));
    return taken;
  }

  /** By how much the shader turns letters so that they can be read: freely, or not at all. */
  function turned(to, at, along, alignDirection, option, shape) {
    if (option === -1) return 0;
    const angle = (direction) => {
      const [a, b] = [to(at), to(at.map((value, j) => value + direction[j]))];
      const found = Math.atan2(b[1] - a[1], (b[0] - a[0]) * shape);
      return found + (Math.sin(found) < 0 ? HALF_TURN : 0);
    };
    const free = angle(alignDirection), upright = (((free < 0 ? free + 2 * HALF_TURN : free) % HALF_TURN) + HALF_TURN) % HALF_TURN;
    return upright > HALF_TURN / 2 ? upright - HALF_TURN : upright;
  }

  return { framing, outside };
})()
