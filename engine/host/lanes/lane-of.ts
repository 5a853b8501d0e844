/** The lane an ordering key belongs to, from 0: the same in every process (FNV-1a). */
export function laneOf(orderingKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < orderingKey.length; at += 1) hash = Math.imul(hash ^ orderingKey.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % lanes;
}
