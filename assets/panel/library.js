// Plotly: the one that Streamlit's own chart brings along, else the file of the plotly package.
// Never from elsewhere.

let loading;

/** @param {string[]} addresses relative to the app's base address */
export function loadPlotly(addresses) {
  loading ??= load(addresses).catch((trouble) => {
    loading = undefined;
    throw trouble;
  });
  return loading;
}

async function load(addresses) {
  for (const address of addresses) {
    if (window.Plotly?.react) break;
    try {
      await import(absolute(address));
    } catch (trouble) {
      console.warn(`Plotly is not at ${address}`, trouble);
    }
  }
  if (!window.Plotly?.react) throw new Error("Plotly could not be loaded");
  return window.Plotly;
}

/** The app's base address is what comes before `_stcore` in the address of this module. */
export function absolute(address) {
  return new URL(address, import.meta.url.split("_stcore/")[0]).href;
}
