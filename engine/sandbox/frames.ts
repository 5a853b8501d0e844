// The pipe between pool and child is a socket to Node; it is inherited and connects to nothing.
// oxlint-disable-next-line no-restricted-imports
import { Socket } from 'node:net';

export type Channel = Socket;

/** The channel this process was started with. */
export function inheritedChannel(fd: number): Channel {
  return new Socket({ fd, readable: true, writable: true });
}

/** The other end of it, as `spawn` gives it. */
export function channelOf(stream: unknown): Channel | null {
  return stream instanceof Socket ? stream : null;
}

/**
 * Frames on the channel between pool and child: length of the whole (4 bytes), length of the head (4 bytes), head as JSON, then
 * texts, each with its length (4 bytes) in front. Texts are carried as they are: JSON inside JSON would be escaped and unescaped
 * twice (40 µs for an order of 2 KB), and Node's own channel costs more than the rest of a page.
 */
export interface Frame {
  head: unknown;
  texts: string[];
}

const NUMBER = 4;

export function writeFrame(channel: Channel, head: unknown, texts: readonly string[]): void {
  const headText = JSON.stringify(head);
  // Three bytes a character at most; cut to what was written.
  let most = 2 * NUMBER + headText.length * 3;
  for (const text of texts) most += NUMBER + text.length * 3;
  const buffer = Buffer.allocUnsafe(most);
  let at = NUMBER;
  const put = (text: string): void => {
    const length = buffer.write(text, at + NUMBER, 'utf8');
    buffer.writeUInt32LE(length, at);
    at += NUMBER + length;
  };
  put(headText);
  for (const text of texts) put(text);
  buffer.writeUInt32LE(at, 0);
  channel.write(buffer.subarray(0, at));
}

/** Calls back with each whole frame. A frame larger than it may be, or one that is not well formed, ends in `onFault`. */
export function readFrames(channel: Channel, maxBytes: number, handlers: { onFrame(frame: Frame): void; onFault(): void }): void {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = NUMBER;
  let broken = false;
  const fault = (): void => {
    broken = true;
    chunks = [];
    handlers.onFault();
  };
  channel.on('data', (chunk: Buffer) => {
    if (broken) return;
    chunks.push(chunk);
    held += chunk.length;
    while (held >= needed && !broken) {
      const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, held);
      const size = all.readUInt32LE(0);
      if (size > maxBytes || size < 2 * NUMBER) return fault();
      if (held < size) {
        chunks = [all];
        needed = size;
        return;
      }
      chunks = [all.subarray(size)];
      held -= size;
      needed = NUMBER;
      const frame = parseFrame(all.subarray(0, size));
      if (frame === null) return fault();
      handlers.onFrame(frame);
    }
  });
}

function parseFrame(bytes: Buffer): Frame | null {
  const texts: string[] = [];
  for (let at = NUMBER; at < bytes.length; ) {
    if (at + NUMBER > bytes.length) return null;
    const length = bytes.readUInt32LE(at);
    at += NUMBER;
    if (at + length > bytes.length) return null;
    texts.push(bytes.toString('utf8', at, at + length));
    at += length;
  }
  const [head, ...rest] = texts;
  try {
    return head === undefined ? null : { head: JSON.parse(head), texts: rest };
  } catch {
    return null;
  }
}
