import type { ItemStatus, Phase, RunTarget } from '@fiction/contracts';
import type { NewItem } from '../graph/plan-graph';

/** An item that the branch which is forked has or shares. */
export interface ForkNode {
  id: string;
  phase: Phase;
  target: RunTarget;
  status: ItemStatus;
  runId: string;
  /**
   * Of lore: whom it is declared by, if not by what its id is named after. `apart`: nobody who would do so again, such as a
   * person; `scene`: the check of a scene.
   */
  declaredBy?: 'apart' | 'scene';
}

export interface ForkEdge {
  itemId: string;
  dependsOn: string;
}

export interface ForkedGraph {
  /** What the new branch shares: complete, and dependent on nothing that is made anew. */
  shared: ForkNode[];
  /** What it has for itself. `dependsOn` holds ids of the branch that is forked. */
  own: NewItem[];
}

/**
 * Cuts a graph in two at a fork point. Anew are the `changed` items, whatever depends on them, and whatever is not complete;
 * of these only what no other item has still to declare: scenes come with their scroll, lore with what asks for it.
 */
export function forkGraph(nodes: ForkNode[], edges: ForkEdge[], changed: string[]): ForkedGraph {
  const byKey = new Map(nodes.map((node) => [keyOf(node.phase, node.target), node]));
  const declarers = new Map(nodes.map((node) => [node.id, byKey.get(declarerOf(node) ?? '')]));
  // What is declared is declared anew with what declares it, maybe as something else under the same id.
  const declared = nodes.flatMap((node): ForkEdge[] => {
    const declarer = declarers.get(node.id);
    // What the check of a scene has raised is established all the same when that scene is made anew.
    if (declarer === undefined || node.declaredBy === 'scene') return [];
    return [{ itemId: node.id, dependsOn: declarer.id }];
  });
  const anew = reach([...edges, ...declared], changed);
  const shared = nodes.filter((node) => node.status === 'complete' && !anew.has(node.id));
  const isShared = new Set(shared.map((node) => node.id));
  const own = nodes.filter((node) => {
    const declarer = declarers.get(node.id);
    return !isShared.has(node.id) && (declarer === undefined || isShared.has(declarer.id));
  });
  const there = new Set([...shared, ...own].map((node) => node.id));
  const waitsFor = new Map<string, string[]>();
  for (const { itemId, dependsOn } of edges) {
    if (there.has(dependsOn)) waitsFor.set(itemId, [...(waitsFor.get(itemId) ?? []), dependsOn]);
  }
  return {
    shared,
    own: own.map(({ id, phase, target }) => ({ phase, target, dependsOn: waitsFor.get(id) ?? [] })),
  };
}

/** The items of `from`, and all that depend on them, directly or not. */
function reach(edges: ForkEdge[], from: string[]): Set<string> {
  const dependents = new Map<string, string[]>();
  for (const { itemId, dependsOn } of edges) {
    const known = dependents.get(dependsOn);
    if (known === undefined) dependents.set(dependsOn, [itemId]);
    else known.push(itemId);
  }
  const reached = new Set(from);
  const open = [...reached];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const dependent of dependents.get(id) ?? []) {
      if (reached.has(dependent)) continue;
      reached.add(dependent);
      open.push(dependent);
    }
  }
  return reached;
}

/** Of an item that is not there from the beginning: which item adds it when it completes. */
function declarerOf({ phase, target, declaredBy }: ForkNode): string | null {
  if (phase === 'scene') return keyOf('scroll', { chapter: target.chapter });
  if (phase !== 'lore' || declaredBy === 'apart') return null;
  const [, chapter, scene] = /-c(\d+)(-s\d+)?-lore-\d+$/.exec(target.requirementId ?? '') ?? [];
  if (chapter === undefined) return keyOf('vision', {});
  if (declaredBy === 'scene' && scene !== undefined) {
    return keyOf('scene', { chapter: Number(chapter), scene: Number(scene.slice(2)) });
  }
  return keyOf(scene === undefined ? 'blueprint' : 'scroll', { chapter: Number(chapter) });
}

function keyOf(phase: Phase, { chapter, scene, passIndex, requirementId }: RunTarget): string {
  if (phase === 'lore') return `lore ${requirementId}`;
  return [phase, chapter, phase === 'scene' ? scene : undefined, passIndex].join(' ');
}
