// The entry of the component: Streamlit calls it with each message. A box lives as long as the tab:
// where the page is built anew below it, as after a lost connection, it moves on with what is being
// typed in it.

import { FormulaBox } from "./formula.js";

const boxes = new Map();

/**
 * @param {{data: object, parentElement: HTMLElement, setStateValue: (name: string, value: any) =>
 * void}} component
 */
export default function ({ data, parentElement, setStateValue }) {
  const box = boxes.get(data.name) ?? new FormulaBox();
  boxes.set(data.name, box);
  box.post = (event) => setStateValue("event", event);
  if (box.parent !== parentElement) box.attach(parentElement);
  box.receive(data);
  return () => box.parent === parentElement && box.detach();
}
