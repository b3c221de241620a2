// What the axes of a panel really are, against the window that Python sent: what Plotly holds, and what a person can read off the page.
// The value is a list of sentences, empty where everything agrees. It looks again until everything does, or the patience is over.

async (root, patience) => {
  const instrument = root.instrument, end = performance.now() + patience;
  for (;;) {
    const found = instrument.drawing ? ["it is still being drawn"] : differences(instrument);
    if (!found.length || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  function differences({ header, views }) {
    const [u0, u1, v0, v1] = header.window;
    return views.flatMap((view) => {
      const { plot, name } = view.card, layout = plot._fullLayout;
      const said = !layout ? ["nothing is drawn"] : layout.scene ? inSpace(plot, [[u0, u1], [v0, v1], header.heights], view.skin.rulers) : onPaper(plot, [u0, u1], [v0, v1]);
      return said.map((words) => `${name}: ${words}`);
    });
  }

  /** A map: the ranges, the ticks as they can be read, and where the picture lies. */
  function onPaper(plot, across, up) {
    const { xaxis, yaxis } = plot._fullLayout, area = plot.querySelector(".nsewdrag").getBoundingClientRect();
    const image = plot.querySelector(".heatmaplayer image")?.getBoundingClientRect();
    const sides = [
      ["u", xaxis, across, area.left, area.right, ".xtick text", ({ left, right }) => (left + right) / 2, image && [image.left, image.right], plot.data[0].dx],
      ["v", yaxis, up, area.bottom, area.top, ".ytick text", ({ top, bottom }) => (top + bottom) / 2, image && [image.bottom, image.top], plot.data[0].dy],
    ];
    return sides.flatMap(([name, axis, ends, from, to, ticks, middle, painted, cell]) => [
      ...apart(`Plotly's range of ${name}`, axis.range, ends, 1e-6),
      ...apart(`${name} as the ticks tell it`, read([...plot.querySelectorAll(ticks)], middle, from, to), ends, 0.02),
      ...apart(`${name} under the picture`, painted?.map((x) => ends[0] + ((x - from) / (to - from)) * (ends[1] - ends[0])), [ends[0] - cell / 2, ends[1] + cell / 2], 0.01),
    ]);
  }

  /** The ends of an axis as its first and last label and their places tell them; null where the labels are no plain numbers. */
  function read(labels, middle, from, to) {
    const shown = labels.filter((label) => label.getBoundingClientRect().width > 0); // Plotly hides one that would stand out of the figure
    const marks = shown.map((label) => ({ value: Number(label.textContent.replace("−", "-")), at: middle(label.getBoundingClientRect()) })).filter(({ value }) => Number.isFinite(value));
    if (marks.length < 2) return null;
    const [a, b] = [marks[0], marks.at(-1)];
    return [from, to].map((at) => a.value + ((at - a.at) / (b.at - a.at)) * (b.value - a.value));
  }

  /** A surface: the ranges of the scene, the box that is drawn, the ends of the surface in it, and what the ticks say. */
  function inSpace(plot, numbers, rulers) {
    const { scene } = plot._fullLayout, { glplot, dataScale } = scene._scene, { x, y } = plot.data[0], ends = numbers.map((pair, k) => pair.map(rulers[k]));
    const told = ["x", "y", "z"].flatMap((letter, k) => apart(`${letter} as the ticks tell it`, extrapolated(scene[`${letter}axis`], ends[k]), numbers[k], k < 2 ? 1e-3 : 0.02));
    return ["x", "y", "z"].flatMap((letter, k) => {
      const range = scene[`${letter}axis`].range, box = glplot.axes && [0, 1].map((side) => glplot.axes.bounds[side][k] / dataScale[k]);
      if (k === 2) return [...beyond("Plotly's range of z", range, ends[2]), ...apart("the box along z", box, range, 1e-4)];
      const drawn = endsOf([x, y][k]);
      return [["Plotly's range of", range], ["the box along", box], ["the surface along", drawn]].flatMap(([what, found]) => apart(`${what} ${letter}`, found, ends[k], 1e-4));
    }).concat(told);
  }

  /** The number that a tick says, as 0.5, −3 or 2·10⁶. */
  function valueOf(text) {
    const [front, power] = text.replaceAll("−", "-").split(/·?10(?=[⁻⁰¹²³⁴-⁹])/);
    if (power === undefined) return Number(front);
    return Number(`${/\d/.test(front) ? front : `${front}1`}e${[...power].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign) - 1).join("").replace("-1", "-")}`);
  }

  /** What an axis says at two places, as its first and last label tell it; null with fewer than two labels. */
  function extrapolated({ tickvals, ticktext }, places) {
    if (tickvals.length < 2) return null;
    const [[a, first], [b, last]] = [0, tickvals.length - 1].map((k) => [tickvals[k], valueOf(ticktext[k])]);
    return places.map((at) => first + ((at - a) / (b - a)) * (last - first));
  }

  /** A sentence if a range does not hold the heights, or holds far more. */
  function beyond(what, [low, high], [least, most]) {
    const room = 0.3 * (most - least), slip = 1e-6 * (most - least);
    return low <= least + slip && high >= most - slip && low >= least - room && high <= most + room ? [] : [`${what} is [${[low, high]}], the heights are [${[least, most]}]`];
  }

  /** The least and the largest number of a list, or of rows of numbers. */
  function endsOf(numbers) {
    const all = Array.from(numbers).flatMap((row) => (typeof row === "number" ? row : Array.from(row)));
    return [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  }

  /** A sentence if two pairs differ by more than a share of the second pair's distance. */
  function apart(what, found, ends, share) {
    if (found === null) return [];
    const same = found?.every((x, k) => Math.abs(x - ends[k]) <= share * (ends[1] - ends[0]));
    return same ? [] : [`${what} is [${found?.map((x) => Number(x.toPrecision(5)))}], not [${ends.map((x) => Number(x.toPrecision(5)))}]`];
  }
}
