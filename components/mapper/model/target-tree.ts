import { EACH, formatPath, type Path } from '#engine/flow/path.ts';
import type { FieldType, SchemaDoc, SchemaField } from '#engine/schema/schema-doc.ts';
import type { TreeNode } from './field-tree.ts';
import type { PlacedRule } from './place-rules.ts';

/** A field that leaves, with the rules that fill it. */
export interface TargetNode extends TreeNode<TargetNode> {
  type: FieldType;
  field: SchemaField | null;
  /** Usually one; several with conditions fill one field in turn. */
  rules: PlacedRule[];
  /** It or something inside it is filled. */
  touched: boolean;
  /** A rule without a readable target stands here, until it has one. */
  loose: boolean;
}

/** The schema's fields, then what rules fill beyond it, then rules that have no target yet. */
export function buildTargetTree(schema: SchemaDoc | null, placed: readonly PlacedRule[]): TargetNode[] {
  const roots: TargetNode[] = [];
  const known = new Map<string, TargetNode>();
  if (schema !== null) addFields(schema.fields, { prefix: '', siblings: roots, known });
  for (const entry of placed) {
    if (entry.steps === null || entry.target === null) {
      const loose = newNode(`!${entry.rule.id}`, entry.rule.target, 'any');
      roots.push({ ...loose, loose: true, touched: true, rules: [entry] });
      continue;
    }
    const node = known.get(entry.target) ?? ensure(entry.steps, roots, known);
    node.rules.push(entry);
    if (entry.rule.source.type === 'forEach' && node.field === null) node.type = 'list';
    touch(node, entry.steps, known);
  }
  return roots;
}

interface Place {
  /** Path of the container, `lines[]` for the items of a list. */
  prefix: string;
  siblings: TargetNode[];
  known: Map<string, TargetNode>;
}

function addFields(fields: readonly SchemaField[], { prefix, siblings, known }: Place): void {
  for (const field of fields) {
    const name = formatPath([field.name]);
    const path = prefix === '' ? name : name.startsWith('[') ? prefix + name : `${prefix}.${name}`;
    const node = newNode(path, field.name, field.type);
    node.field = field;
    siblings.push(node);
    known.set(node.path, node);
    if (field.fields !== undefined) addFields(field.fields, { prefix: field.type === 'list' ? `${path}[]` : path, siblings: node.children, known });
  }
}

function ensure(steps: Path, roots: TargetNode[], known: Map<string, TargetNode>): TargetNode {
  const path = formatPath(steps);
  const present = known.get(path);
  if (present !== undefined) return present;
  const last = steps.at(-1);
  const node = newNode(path, typeof last === 'number' ? `[${last}]` : typeof last === 'string' ? last : '', 'any');
  known.set(path, node);
  const above = steps.slice(0, -1);
  const isList = above.at(-1) === EACH;
  while (above.at(-1) === EACH) above.pop();
  if (above.length === 0) roots.push(node);
  else {
    const parent = ensure(above, roots, known);
    if (parent.field === null) parent.type = isList || typeof last === 'number' ? 'list' : 'object';
    parent.children.push(node);
  }
  return node;
}

function touch(own: TargetNode, steps: Path, known: Map<string, TargetNode>): void {
  own.touched = true;
  for (let end = steps.length - 1; end > 0; end -= 1) {
    if (steps[end - 1] === EACH) continue;
    const node = known.get(formatPath(steps.slice(0, end)));
    if (node === undefined || node.touched) return;
    node.touched = true;
  }
}

function newNode(path: string, name: string, type: FieldType): TargetNode {
  return { path, name, type, field: null, rules: [], touched: false, loose: false, children: [] };
}

/** Required fields nothing fills. What is required inside an optional part counts once that part is filled at all. */
export function missingRequired(roots: readonly TargetNode[]): TargetNode[] {
  return roots.flatMap((node): TargetNode[] => {
    const required = node.field?.required === true;
    if (!node.touched) return required ? requiredLeaves(node) : [];
    // A rule that fills the whole object fills what is inside it.
    const whole = node.rules.some(({ rule }) => rule.source.type !== 'forEach');
    return whole ? [] : missingRequired(node.children);
  });
}

function requiredLeaves(node: TargetNode): TargetNode[] {
  if (node.type === 'list') return [node];
  const inside = node.children.filter((child) => child.field?.required === true).flatMap(requiredLeaves);
  return inside.length === 0 ? [node] : inside;
}

/** A target that could have a rule of its own and has none. A list counts: it wants to be paired. */
export function isEmpty({ rules, children, type }: TargetNode): boolean {
  return rules.length === 0 && (children.length === 0 || type === 'list');
}
