import { EACH, formatPath, parsePath, type Path } from '#engine/flow/path.ts';
import type { FieldEvidence } from '#engine/schema/evidence.ts';
import type { FieldType, SchemaDoc, SchemaField } from '#engine/schema/schema-doc.ts';
import type { TreeNode } from './field-tree.ts';

/** A field that arrives, with what real records say about it. */
export interface SourceNode extends TreeNode<SourceNode> {
  type: FieldType;
  /** A list whose items have fields of their own. */
  records: boolean;
  evidence: FieldEvidence | null;
  /** What a schema says about it, where one is known. */
  field: SchemaField | null;
}

/** The fields of the schema in its order, then those that only the records have. */
export function buildSourceTree(evidence: readonly FieldEvidence[], schema: SchemaDoc | null): SourceNode[] {
  const known = new Map<string, SourceNode>();
  const roots: SourceNode[] = [];
  if (schema !== null) addFields(schema.fields, { prefix: [], siblings: roots, known });
  for (const found of evidence) addEvidence(found, roots, known);
  return roots;
}

interface Place {
  prefix: Path;
  siblings: SourceNode[];
  known: Map<string, SourceNode>;
}

function addFields(fields: readonly SchemaField[], { prefix, siblings, known }: Place): void {
  for (const field of fields) {
    const steps = [...prefix, field.name];
    const node = newNode(formatPath(steps), field.name, field.type);
    node.field = field;
    siblings.push(node);
    known.set(node.path, node);
    if (field.fields === undefined) continue;
    node.records = field.type === 'list';
    addFields(field.fields, { prefix: field.type === 'list' ? [...steps, EACH] : steps, siblings: node.children, known });
  }
}

function addEvidence(found: FieldEvidence, roots: SourceNode[], known: Map<string, SourceNode>): void {
  const steps = parsePath(found.path);
  // What the items of a list of plain values are belongs to the list.
  if (steps === null || steps.at(-1) === EACH) return;
  const present = known.get(found.path);
  if (present !== undefined) {
    present.evidence = found;
    if (present.type === 'any') present.type = found.type;
    return;
  }
  const last = steps.at(-1);
  const node = newNode(found.path, typeof last === 'string' ? last : '', found.type);
  node.evidence = found;
  containerOf(steps.slice(0, -1), roots, known).push(node);
  known.set(node.path, node);
}

/** The children among which a field stands; a record that is a list itself gets a root of its own. */
function containerOf(above: Path, roots: SourceNode[], known: Map<string, SourceNode>): SourceNode[] {
  const isList = above.at(-1) === EACH;
  const steps = isList ? above.slice(0, -1) : above;
  if (steps.length === 0 && !isList) return roots;
  const path = formatPath(steps);
  let parent = known.get(path);
  if (parent === undefined) {
    const last = steps.at(-1);
    parent = newNode(path, typeof last === 'string' ? last : '', isList ? 'list' : 'object');
    known.set(path, parent);
    (steps.length === 0 ? roots : containerOf(steps.slice(0, -1), roots, known)).push(parent);
  }
  if (isList) {
    parent.records = true;
    parent.type = 'list';
  }
  return parent.children;
}

function newNode(path: string, name: string, type: FieldType): SourceNode {
  return { path, name, type, records: false, evidence: null, field: null, children: [] };
}
