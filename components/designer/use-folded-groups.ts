import { useState } from 'react';
import type { NodeGroup } from '#engine/nodes/node-kind.ts';

const KEY = 'weft-palette-folded';

/** Which groups of the palette are folded away; this browser remembers them. */
export function useFoldedGroups(): { isFolded: (group: NodeGroup) => boolean; toggle: (group: NodeGroup) => void } {
  const [folded, setFolded] = useState<ReadonlySet<string>>(readFolded);
  return {
    isFolded: (group) => folded.has(group),
    toggle(group) {
      const next = new Set(folded);
      if (!next.delete(group)) next.add(group);
      setFolded(next);
      try {
        localStorage.setItem(KEY, [...next].join(' '));
      } catch {
        // Without a place to keep it, it holds until the page is left.
      }
    },
  };
}

function readFolded(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(KEY) ?? '').split(' '));
  } catch {
    return new Set();
  }
}
