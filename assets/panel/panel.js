// The entry of the component: Streamlit calls it with each message; the instrument below one
// element lives as long as the element.

import { unpack } from "./message.js";
import { Instrument } from "./instrument.js";

const instruments = new WeakMap();

/** Unpacks messages one after the other, so that none overtakes another. */
function receive(instrument, data) {
  instrument.unpacked = (instrument.unpacked ?? Promise.resolve()).then(async () => {
    const message = await unpack(data);
    if (!instrument.gone) instrument.receive(message);
  });
}

/**
 * @param {{data: Uint8Array<ArrayBuffer>, parentElement: HTMLElement, setStateValue: (name: string,
 * value: any) => void}} component
 */
export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let instrument = instruments.get(parentElement);
  if (!instrument) {
    instrument = new Instrument(parentElement);
    instruments.set(parentElement, instrument);
  }
  instrument.send = (event) => setStateValue("event", event);
  if (data) receive(instrument, data);
  return () => {
    instruments.delete(parentElement);
    instrument.dispose();
  };
}
