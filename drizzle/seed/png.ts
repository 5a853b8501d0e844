import { crc32, deflateSync } from 'node:zlib';

/** A colour, 0 to 255 each; `a` 0 is clear. */
export interface Pixel {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** Encodes a square image as PNG (8-bit RGBA). `paint` is asked for each pixel, from the top left. */
export function encodePng(size: number, paint: (x: number, y: number) => Pixel): Uint8Array {
  const rowBytes = size * 4 + 1;
  const raw = new Uint8Array(rowBytes * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const { r, g, b, a } = paint(x, y);
      // The first byte of a row is its filter, 0 for none.
      raw.set([r, g, b, a], y * rowBytes + 1 + x * 4);
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  // Bit depth 8, colour type 6 (RGBA), the only compression, the only filter method, not interlaced.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(raw)), chunk('IEND', new Uint8Array())]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
