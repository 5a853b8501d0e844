import type { ReactNode } from 'react';
import { COMMAND_IDS, type CommandId } from './registry.ts';

/** What a part of the page can do for a command. */
export interface Offer {
  /** False: it was not for this one after all, and the key keeps its usual meaning. */
  run(event?: KeyboardEvent): unknown;
  /** Absent: always. */
  enabled?(): boolean;
}

export type Offers = Partial<Record<CommandId, Offer | (() => unknown)>>;

/** Something to find in the palette besides the commands: a node kind to add, a node of the flow to go to. */
export interface PaletteEntry {
  id: string;
  label: string;
  hint?: string;
  /** Further words it is found by. */
  words?: string;
  icon?: ReactNode;
  run(): void;
}

export interface PaletteSource {
  /** Heading in the palette: `commands.sources.<id>`. */
  id: 'addNode' | 'findNode';
  /** Read when the palette opens. */
  entries(): readonly PaletteEntry[];
  /** Absent: always. */
  enabled?(): boolean;
}

/**
 * Who can do what at this moment. Parts of the page offer commands while they are mounted; of several offers for one command
 * the one of the innermost part counts that is enabled, and of several the last.
 */
export class CommandDesk {
  readonly #offers = new Map<Offers, number>();
  readonly #sources = new Set<PaletteSource>();

  /** @returns the way to take the offer back */
  offer(offers: Offers, depth = 1): () => void {
    this.#offers.set(offers, depth);
    return () => void this.#offers.delete(offers);
  }

  addSource(source: PaletteSource): () => void {
    this.#sources.add(source);
    return () => void this.#sources.delete(source);
  }

  find(id: CommandId): Offer | null {
    for (const offers of this.#innermostFirst()) {
      const found = offers[id];
      if (found === undefined) continue;
      const offer = typeof found === 'function' ? { run: found } : found;
      if (offer.enabled?.() !== false) return offer;
    }
    return null;
  }

  #innermostFirst(): Offers[] {
    return [...this.#offers].toReversed().toSorted(([, one], [, other]) => other - one).map(([offers]) => offers);
  }

  /** Runs a command if somebody offers it. */
  run(id: CommandId): boolean {
    const offer = this.find(id);
    if (offer === null) return false;
    return offer.run() !== false;
  }

  /** In the registry's order. */
  available(): CommandId[] {
    return COMMAND_IDS.filter((id) => this.find(id) !== null);
  }

  sources(): PaletteSource[] {
    return [...this.#sources].filter((source) => source.enabled?.() !== false);
  }
}
