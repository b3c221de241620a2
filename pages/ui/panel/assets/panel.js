// The entry of the component: Streamlit calls it with each message; the instrument below one element lives as long as the element.

import { unpack } from "./message.js";
import { Instrument } from "./instrument.js";

const instruments = new WeakMap();

/** @param {{data: Uint8Array, parentElement: HTMLElement, setStateValue: (name: string, value: any) => void}} component */
export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let instrument = instruments.get(parentElement);
  if (!instrument) {
    instrument = new Instrument(parentElement);
    instruments.set(parentElement, instrument);
  }
  instrument.send = (event) => setStateValue("event", event);
  if (data) instrument.receive(unpack(data));
  return () => {
    instruments.delete(parentElement);
    instrument.dispose();
  };
}
