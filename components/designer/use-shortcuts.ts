/** Id of the palette's search field, so that `/` can reach it. */
export const PALETTE_SEARCH_ID = 'designer-palette-search';

/** Id of the inspector, so that Enter on a selected node can reach it. */
export const INSPECTOR_ID = 'designer-inspector';

/** Gives a node's card or line the focus, whichever is shown. */
export function focusNode(nodeId: string | undefined): void {
  if (nodeId === undefined) return;
  const id = CSS.escape(nodeId);
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"], [data-outline-node="${id}"]`)?.focus();
}

/** Gives the first field of the inspector the focus. False: it has none. */
export function focusSettings(): boolean {
  const field = document.getElementById(INSPECTOR_ID)?.querySelector<HTMLElement>('input, [role="combobox"], textarea');
  field?.focus();
  return field != null;
}
