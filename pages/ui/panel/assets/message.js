// The message from Python: see message.py.

/**
 * @param {Uint8Array} bytes
 * @returns {{header: object, arrays: Object<string, {shape: number[], values: Float32Array}>}}
 */
export function unpack(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const floats = new Float32Array(bytes.slice(4 + length).buffer);
  const arrays = {};
  for (const { name, shape, start } of header.arrays) {
    const size = shape.reduce((product, n) => product * n, 1);
    arrays[name] = { shape, values: floats.subarray(start, start + size) };
  }
  return { header, arrays };
}
