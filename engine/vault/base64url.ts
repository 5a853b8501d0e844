/** Bytes as unpadded base64url text, the form in which keys and sealed values travel. */
export function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  // In chunks, because String.fromCharCode takes its bytes as arguments and the stack is finite.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of unpadded base64url text, or null when it is not exactly that. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  // Two spellings of the same bytes would make a sealed value malleable: only the canonical one is taken.
  return toBase64Url(bytes) === text ? bytes : null;
}
