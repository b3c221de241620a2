// The entry of the component: Streamlit calls it with each message; the box below one element lives as long as the element.

import { FormulaBox } from "./formula.js";

const boxes = new WeakMap();

/** @param {{data: object, key: string, parentElement: HTMLElement, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let box = boxes.get(parentElement);
  if (!box) {
    box = new FormulaBox(parentElement);
    boxes.set(parentElement, box);
  }
  box.post = (event) => setStateValue("event", event);
  if (data) box.receive(data);
  return () => {
    boxes.delete(parentElement);
    box.dispose();
  };
}
