import { initialSettings, type FlowDocument, type FlowNode, type FlowSettings } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';

/** Writes flow documents for tests, seeds and benches in a few lines. Node ids are the names given. */
export class FlowBuilder {
  readonly #nodes: FlowNode[] = [];
  readonly #edges: FlowDocument['edges'] = [];
  #settings: FlowSettings = initialSettings();

  /** Adds a node of a kind; `config` is laid over the kind's initial one. */
  node(id: string, kind: string, config: Record<string, Json> = {}): this {
    const found = findNodeKind(kind);
    if (!found) throw new Error(`No node kind ${kind}.`);
    const initial = found.initial();
    const base: Record<string, Json> = JSON.parse(JSON.stringify(initial));
    const position = { x: this.#nodes.length * 240, y: 0 };
    this.#nodes.push({ id, kind, kindVersion: found.version, label: id, position, config: { ...base, ...config } });
    return this;
  }

  /** Joins two ports, written 'node' (its port `out` or `in`) or 'node.port'. */
  edge(from: string, to: string): this {
    this.#edges.push({ id: `edge_${this.#edges.length}`, from: portOf(from, 'out'), to: portOf(to, 'in') });
    return this;
  }

  settings(settings: Partial<FlowSettings>): this {
    this.#settings = { ...this.#settings, ...settings };
    return this;
  }

  build(): FlowDocument {
    return { schemaVersion: 1, nodes: this.#nodes, edges: this.#edges, settings: this.#settings };
  }
}

function portOf(text: string, port: string): { node: string; port: string } {
  const [node = '', name = port] = text.split('.');
  return { node, port: name };
}
