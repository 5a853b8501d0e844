import { formFields } from '#engine/flow/form-fields.ts';
import { parseJson } from '#engine/flow/json.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { typedId } from '../../samples/use-sources.ts';
import type { DesignerStore } from '../../store.ts';

/**
 * Takes a pasted event as the sample of the selected trigger, or of the only one. A kind that keeps a sample with its settings keeps it
 * there; any other has it until the page is left.
 * @returns the name of the trigger; null: the text is no JSON object or list, or no trigger is meant
 */
export function pasteEvent(store: DesignerStore, text: string): string | null {
  const { doc, selectedNodes, apply, endGesture } = store.getState();
  const triggers = doc.nodes.filter(({ kind }) => findNodeKind(kind)?.group === 'trigger');
  const chosen = triggers.filter(({ id }) => selectedNodes.includes(id));
  const [trigger, other] = chosen.length > 0 ? chosen : triggers;
  if (trigger === undefined || other !== undefined || !isEvent(text)) return null;
  const kind = findNodeKind(trigger.kind);
  const keeps = kind !== undefined && formFields(kind.config).some(({ name }) => name === 'sampleBody');
  endGesture();
  if (!keeps) store.setState({ typedSample: { triggerId: trigger.id, bodyText: text }, sampleId: typedId(trigger.id) });
  else if (apply({ type: 'setConfig', nodeId: trigger.id, config: { ...trigger.config, sampleBody: text } })) store.setState({ typedSample: null, sampleId: `pasted:${trigger.id}` });
  else return null;
  endGesture();
  return trigger.label;
}

function isEvent(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}
