import type { ItemStatus } from '@fiction/contracts';
import * as fc from 'fast-check';
import { forkGraph, type ForkEdge, type ForkNode } from './fork-graph';

const CHAPTERS = 3;
const SCENES = 2;

/** The graph of a small book whose phases before the scenes are all known, nothing complete. */
function book(): { nodes: ForkNode[]; edges: ForkEdge[] } {
  const nodes: ForkNode[] = [];
  const edges: ForkEdge[] = [];
  const add = (id: string, phase: ForkNode['phase'], target: ForkNode['target'], dependsOn: string[]): string => {
    nodes.push({ id, phase, target, status: 'pending', runId: `run:${id}` });
    for (const on of dependsOn) edges.push({ itemId: id, dependsOn: on });
    return id;
  };
  const vision = add('vision', 'vision', {}, []);
  const world = add('world', 'world', {}, [vision]);
  const pass = add('pass', 'planner', { passIndex: 1 }, [world]);
  const lore = add('lore', 'lore', { requirementId: 'p-lore-1' }, [world]);
  for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
    const blueprint = add(`blueprint-${chapter}`, 'blueprint', { chapter }, [
      pass,
      ...(chapter > 1 ? [`blueprint-${chapter - 1}`] : []),
    ]);
    const own = add(`lore-${chapter}`, 'lore', { requirementId: `p-c00${chapter}-lore-1` }, [world]);
    const scroll = add(`scroll-${chapter}`, 'scroll', { chapter }, [blueprint, lore, own]);
    for (let scene = 1; scene <= SCENES; scene += 1) {
      const before = scene > 1 ? [`scene-${chapter}.${scene - 1}`] : [];
      add(`scene-${chapter}.${scene}`, 'scene', { chapter, scene }, [scroll, ...before]);
    }
  }
  return { nodes, edges };
}

/** The same with as much of it complete as `luck` allows: an item only after what it waits for. */
function woven(luck: number[]): { nodes: ForkNode[]; edges: ForkEdge[] } {
  const { nodes, edges } = book();
  const complete = new Set<string>();
  const status = (node: ForkNode, n: number): ItemStatus => {
    const ready = edges.every((edge) => edge.itemId !== node.id || complete.has(edge.dependsOn));
    if (!ready) return 'pending';
    const roll = luck[n % luck.length]!;
    if (roll < 7) complete.add(node.id);
    return roll < 7 ? 'complete' : roll < 8 ? 'failed' : 'running';
  };
  return { nodes: nodes.map((node, n) => ({ ...node, status: status(node, n) })), edges };
}

const ids = (items: { id: string }[]): string[] => items.map((item) => item.id);
const ALL = ids(book().nodes);
/** Own items come without ids: their key is enough here. */
const keyOf = ({ phase, target }: Pick<ForkNode, 'phase' | 'target'>): string => JSON.stringify([phase, target]);

describe('a fork', () => {
  it('now, of a finished book, shares all of it', () => {
    const { nodes, edges } = book();
    const done = nodes.map((node) => ({ ...node, status: 'complete' as const }));
    expect(forkGraph(done, edges, [])).toEqual({ shared: done, own: [] });
  });

  it('at a scene makes that scene and those after it in its chapter anew, and nothing else', () => {
    const { nodes, edges } = book();
    const done = nodes.map((node) => ({ ...node, status: 'complete' as const }));
    const { shared, own } = forkGraph(done, edges, ['scene-2.1']);
    expect(own.map((item) => item.target)).toEqual([
      { chapter: 2, scene: 1 },
      { chapter: 2, scene: 2 },
    ]);
    expect(own[1]!.dependsOn).toEqual(['scroll-2', 'scene-2.1']);
    expect(shared).toHaveLength(done.length - 2);
  });

  it('at a scroll leaves the scenes to be declared by the new scroll', () => {
    const { nodes, edges } = book();
    const done = nodes.map((node) => ({ ...node, status: 'complete' as const }));
    expect(forkGraph(done, edges, ['scroll-3']).own).toMatchObject([{ phase: 'scroll', target: { chapter: 3 } }]);
  });

  it('at a blueprint leaves what it and its scroll declare to them, and makes the blueprints after it anew', () => {
    const { nodes, edges } = book();
    const done = nodes.map((node) => ({ ...node, status: 'complete' as const }));
    const { own } = forkGraph(done, edges, ['blueprint-2']);
    expect(own.map(({ phase, target }) => `${phase} ${target.chapter}`)).toEqual([
      'blueprint 2',
      'scroll 2',
      'blueprint 3',
      'scroll 3',
    ]);
    // Its lore is declared anew, and so waited for anew.
    expect(own[1]!.dependsOn).toEqual(['blueprint-2', 'lore']);
  });

  it('anywhere, however far the book is: nothing shared depends on what is not, nothing is both or missing', () => {
    const luck = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(luck, fc.subarray(ALL, { maxLength: 3 }), (rolls, changed) => {
        const { nodes, edges } = woven(rolls);
        const { shared, own } = forkGraph(nodes, edges, changed);
        const isShared = new Set(ids(shared));
        const isOwn = new Set(own.map(keyOf));
        for (const node of shared) {
          expect(node.status).toBe('complete');
          expect(isOwn.has(keyOf(node))).toBe(false);
          for (const edge of edges) if (edge.itemId === node.id) expect(isShared.has(edge.dependsOn)).toBe(true);
        }
        for (const id of changed) expect(isShared.has(id)).toBe(false);
        const ownIds = new Set(nodes.filter((node) => isOwn.has(keyOf(node))).map((node) => node.id));
        for (const item of own) for (const id of item.dependsOn) expect(isShared.has(id) || ownIds.has(id)).toBe(true);
        // What is neither comes again with what declares it, which is the branch's own.
        for (const node of nodes.filter(({ id }) => !isShared.has(id) && !ownIds.has(id))) {
          expect(['scene', 'lore']).toContain(node.phase);
        }
      }),
      { numRuns: 500, seed: 20261121 },
    );
  });
});
