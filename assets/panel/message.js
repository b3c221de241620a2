// The message from Python: see message.py.

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<{header: object, arrays: Object<string, {shape: number[], values:
 * Float32Array|Float64Array}>}>}
 */
export async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const plain = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(plain.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + length)));
  const end = 4 + length + 4 * header.singles;
  const singles = whole(plain.subarray(4 + length, end));
  const doubles = new Float64Array(plain.slice(end).buffer);
  /** @type {Object<string, {shape: number[], values: Float32Array|Float64Array}>} */
  const arrays = {};
  for (const { name, shape, start, double } of header.arrays) {
    const size = shape.reduce((product, n) => product * n, 1);
    arrays[name] = { shape, values: (double ? doubles : singles).subarray(start, start + size) };
  }
  return { header, arrays };
}

/**
 * The single-precision numbers from their bytes: four planes of them, of the differences between
 * neighbours, with the sign in the lowest bit.
 */
function whole(planes) {
  const n = planes.length / 4;
  const bits = new Int32Array(n);
  for (let k = 0, sum = 0; k < n; k++) {
    const folded = planes[k] | (planes[n + k] << 8) | (planes[2 * n + k] << 16) | (planes[3 * n + k] << 24);
    sum = (sum + ((folded >>> 1) ^ -(folded & 1))) | 0;
    bits[k] = sum;
  }
  return new Float32Array(bits.buffer);
}
