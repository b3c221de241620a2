/** What Plotly's script puts on a page; its own types are not installed here. */
declare const Plotly: any;

interface Window {
  Plotly?: any;
}
