import type { fileReflection, RequestOf, WorldChange } from '@fiction/contracts';

type Filing = RequestOf<typeof fileReflection>;

export const change = (statement: string, over: Partial<WorldChange> = {}): WorldChange => ({
  kind: 'fact-begins',
  entry: 'Ada Quill',
  statement,
  to: '',
  quote: statement,
  ...over,
});

/** What the scene at `place`, such as `1.2`, files; its prose has every quotation, and `prose` besides. */
export function sceneFiling(
  planId: string,
  place: string,
  changes: readonly WorldChange[],
  over: Partial<Filing> & { prose?: string } = {},
): Filing {
  const [chapter, scene] = place.split('.').map(Number) as [number, number];
  const { prose = '', ...rest } = over;
  return {
    planId,
    branch: 'main',
    sceneId: `${planId}-${place}`,
    revision: 1,
    chapter,
    scene,
    pov: 'Ada Quill',
    reflection: { worldChanges: [...changes], memories: [], obligationsOpened: [], obligationsResolved: [] },
    page: { prose: [prose, ...changes.map((one) => one.quote)].join(' '), loreIds: [], continuity: 'chapter' },
    ...rest,
  };
}
