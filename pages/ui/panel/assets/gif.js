// Animated GIF, as its specification (GIF89a) has it: one table of 256 colours, frames of indices, LZW with codes of growing width.

/**
 * @param {{width: number, height: number, colours: number[][], frames: Uint8Array[], delay: number}} film delay in hundredths of a second
 * @returns {Blob}
 */
export function gif({ width, height, colours, frames, delay }) {
  const parts = [bytes("GIF89a"), words(width, height), Uint8Array.of(0xf7, 0, 0), palette(colours)];
  parts.push(Uint8Array.of(0x21, 0xff, 11), bytes("NETSCAPE2.0"), Uint8Array.of(3, 1, 0, 0, 0));
  for (const frame of frames) {
    parts.push(Uint8Array.of(0x21, 0xf9, 4, 0), words(delay), Uint8Array.of(0, 0));
    parts.push(Uint8Array.of(0x2c), words(0, 0, width, height), Uint8Array.of(0, 8), ...blocks(lzw(frame)), Uint8Array.of(0));
  }
  return new Blob([...parts, Uint8Array.of(0x3b)], { type: "image/gif" });
}

const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const words = (...numbers) => Uint8Array.from(numbers.flatMap((n) => [n & 255, n >> 8]));

function palette(colours) {
  const table = new Uint8Array(768);
  colours.forEach((colour, i) => table.set(colour, 3 * i));
  return table;
}

function blocks(stream) {
  const found = [];
  for (let at = 0; at < stream.length; at += 255) {
    const part = stream.subarray(at, at + 255);
    found.push(Uint8Array.of(part.length), part);
  }
  return found;
}

/** The indices as a stream of codes; 256 clears the table, 257 ends. */
function lzw(indices) {
  const out = [];
  let held = 0, bits = 0, width, next, table;
  const write = (code) => {
    held |= code << bits;
    for (bits += width; bits >= 8; bits -= 8, held >>>= 8) out.push(held & 255);
  };
  const clear = () => {
    [width, next, table] = [9, 258, new Map()];
  };
  clear();
  write(256);
  let prefix = indices[0];
  for (let k = 1; k < indices.length; k++) {
    const key = (prefix << 8) | indices[k], known = table.get(key);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    write(prefix);
    if (next === 4096) {
      write(256);
      clear();
    } else {
      table.set(key, next);
      if (next === 1 << width && width < 12) width += 1;
      next += 1;
    }
    prefix = indices[k];
  }
  write(prefix);
  write(257);
  if (bits) out.push(held & 255);
  return Uint8Array.from(out);
}
