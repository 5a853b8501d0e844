/**
 * Counts what a Postgres server still owes on one connection, by the heads of the messages that go by (PostgreSQL documentation,
 * "Message Formats"): each Sync, Query and start-up is answered by a ReadyForQuery, each Flush after a Describe by a ParameterDescription.
 * Knowing it exactly matters where statements are sent before the ones ahead are answered: the silence after the last answer of
 * those ahead would look like rest.
 */
export class OwedAnswers {
  #ready = 0;
  #described = 0;
  /** Bytes of the message under way that are still to come. */
  #rest = 0;
  /** The beginning of a message's head, when a piece ended within it. */
  #head: Buffer = Buffer.alloc(0);

  get any(): boolean {
    return this.#ready > 0 || this.#described > 0;
  }

  /** What is written comes in whole messages. */
  sent(chunk: Uint8Array): void {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    // Messages before the session begins have no type, and begin with a length.
    if (view[0] === 0) {
      this.#ready += 1;
      at = view.readUInt32BE(0);
    }
    for (; at + HEAD <= view.length; at += 1 + view.readUInt32BE(at + 1)) {
      const type = view[at];
      if (type === SYNC || type === QUERY) this.#ready += 1;
      else if (type === FLUSH) this.#described += 1;
    }
  }

  heard(chunk: Buffer): void {
    let at = Math.min(this.#rest, chunk.length);
    this.#rest -= at;
    while (at < chunk.length) {
      const piece = this.#head.length > 0 ? Buffer.concat([this.#head, chunk.subarray(at, at + HEAD - this.#head.length)]) : chunk.subarray(at, at + HEAD);
      at += piece.length - this.#head.length;
      this.#head = piece;
      if (piece.length < HEAD) return;
      this.#note(piece[0]);
      const body = piece.readUInt32BE(1) - 4;
      const here = Math.min(body, chunk.length - at);
      this.#rest = body - here;
      at += here;
      this.#head = Buffer.alloc(0);
    }
  }

  #note(type: number | undefined): void {
    if (type === READY_FOR_QUERY) this.#ready = Math.max(0, this.#ready - 1);
    else if (type === PARAMETER_DESCRIPTION) this.#described = Math.max(0, this.#described - 1);
    // A statement that cannot be read is not described.
    else if (type === ERROR) this.#described = 0;
  }
}

const HEAD = 5;
const SYNC = 0x53;
const QUERY = 0x51;
const FLUSH = 0x48;
const READY_FOR_QUERY = 0x5a;
const PARAMETER_DESCRIPTION = 0x74;
const ERROR = 0x45;
