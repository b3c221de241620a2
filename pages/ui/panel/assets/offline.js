// What runs in the file that is taken home (page.js makes it): draws the figures, each as large as its place.

const main = document.querySelector("main");
const views = JSON.parse(document.getElementById("figures").textContent).map(({ about, data, layout }) => {
  const figure = main.appendChild(document.createElement("figure")), words = figure.appendChild(document.createElement("figcaption"));
  words.textContent = about;
  return { data, layout, plot: figure.appendChild(document.createElement("div")) };
});

/** The figure for a place so wide: a map keeps its proportions, and its bar its height. */
function fitted({ data, layout }, width) {
  const { margin } = layout, [first, ...rest] = data;
  if (layout.scene) {
    const height = Math.min(0.8 * width, 0.85 * innerHeight);
    return { data: [{ ...first, colorbar: { ...first.colorbar, len: 0.6 * height } }, ...rest], layout: { ...layout, width, height } };
  }
  const shape = (layout.height - margin.t - margin.b) / (layout.width - margin.l - margin.r), len = shape * (width - margin.l - margin.r);
  return { data: [{ ...first, colorbar: { ...first.colorbar, len } }, ...rest], layout: { ...layout, width, height: len + margin.t + margin.b } };
}

function draw() {
  for (const view of views) {
    const { data, layout } = fitted(view, view.plot.clientWidth);
    Plotly.react(view.plot, data, layout, { displaylogo: false });
  }
}

draw();
addEventListener("resize", draw);
