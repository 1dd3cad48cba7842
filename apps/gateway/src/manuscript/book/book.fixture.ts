import {
  listAccepted,
  listDrafts,
  listObligations,
  listScrolls,
  readColophon,
  settleBrief,
  type Critique,
  type DraftVersion,
  type ObligationView,
  type SettledBrief,
  type SceneView,
  type ScrollView,
} from '@fiction/contracts';
import type { FakeServices } from '../../fake-services.fixture';
import type { Credit } from './book-parts';

const AT = '2024-01-01T00:00:00.000Z';

export interface BookShape {
  chapters: number;
  scenesPerChapter: number;
  /** Prose of a scene; `undefined`: it is not written. */
  prose?: (chapter: number, scene: number) => string | undefined;
  /** Chapters that have a scroll; all of them unless said otherwise. */
  scrolls?: number;
  pageSize?: number;
  provider?: string;
  /** Which text of a scene is accepted, the second unless said otherwise: the first at once, or since no other is better. */
  accepted?: 'at once' | 'the first' | 'the second';
  /** Who has made what comes before the scenes. */
  credits?: Credit[];
  /** What the book still owes its reader. */
  owed?: string[];
  /** Tells two runs of the same book apart. */
  run?: string;
}

/** Teaches the fake services a book of the given shape. */
export function teachBook(services: FakeServices, shape: BookShape): void {
  const { chapters, pageSize = 7 } = shape;
  const scrolls = Array.from({ length: shape.scrolls ?? chapters }, (_, index) => scroll(index + 1, shape));
  const drafts = scrolls.flatMap(({ scenes }) => scenes).flatMap((scene) => draft(scene, shape));
  services.on(readColophon, () => ({ brief: briefOf(shape), credits: shape.credits ?? [] }));
  services.on(listScrolls, ({ cursor }) => page(scrolls, cursor, Math.min(3, pageSize)));
  services.on(listAccepted, ({ cursor }) => page(drafts, cursor, pageSize));
  services.on(listDrafts, ({ sceneId, cursor }) => {
    const [accepted] = drafts.filter((one) => one.sceneId === sceneId);
    return page(accepted === undefined ? [] : versionsOf(accepted), cursor, 1);
  });
  const owed = (shape.owed ?? []).map(obligation);
  services.on(listObligations, ({ cursor }) => ({
    ...page(owed, cursor, pageSize),
    counts: { open: owed.length, overdue: 0, resolved: 0, dismissed: 0 },
  }));
}

function obligation(text: string, index: number): ObligationView {
  return {
    obligationId: `obligation-${index}`,
    kind: 'promise',
    text,
    status: 'open',
    personas: ['Ada'],
    planted: '1.1',
    sceneId: null,
    due: null,
    dueSource: null,
    openSince: AT,
    overdueSince: null,
    changedAt: AT,
    itemIds: [],
  };
}

function page<T>(all: T[], cursor: string | undefined, size: number) {
  const from = Number(cursor ?? 0);
  return { items: all.slice(from, from + size), nextCursor: from + size < all.length ? String(from + size) : null };
}

function briefOf({ chapters, scenesPerChapter }: BookShape): SettledBrief {
  const text = 'A clock of salt.';
  const given = { title: 'The *Salt* Clock', author: 'M. Okafor', text, chapters, scenesPerChapter };
  return settleBrief(given, { provider: 'rehearsal', model: 'novelist' });
}

function scroll(chapter: number, { chapters, scenesPerChapter, run = 'a' }: BookShape): ScrollView {
  const scrollId = `${run}-scroll-${chapter}`;
  return {
    scrollId,
    chapter,
    of: chapters,
    plants: [],
    payoffs: [],
    title: `Tide ${chapter}`,
    synopsis: `What the tide brings, ${chapter}.`,
    sections: [
      { section: 1, title: 'Ebb' },
      { section: 2, title: 'Flow' },
    ],
    scenes: Array.from({ length: scenesPerChapter }, (_, index) =>
      sceneView(chapter, index + 1, scenesPerChapter, run),
    ),
    createdAt: AT,
  };
}

function sceneView(chapter: number, scene: number, of: number, run: string): SceneView {
  return {
    sceneId: `${run}-scene-${chapter}-${scene}`,
    scrollId: `${run}-scroll-${chapter}`,
    chapter,
    scene,
    section: scene <= of / 2 ? 1 : 2,
    loreIds: [],
    status: 'complete',
    goal: 'find it',
    conflict: 'fog',
    outcome: 'found',
    pov: 'Ada',
    place: 'quay',
    storyTime: 'dawn',
    cast: ['Ada'],
    beats: [{ text: 'Ada finds it', mentions: ['Ada'] }],
    requiredLore: [],
  };
}

/** Both texts of a scene, of which one is accepted. */
function versionsOf(accepted: DraftVersion): DraftVersion[] {
  const other: DraftVersion = {
    ...accepted,
    version: accepted.version === 1 ? 2 : 1,
    accepted: false,
    prose: `Other ${accepted.chapter}.${accepted.scene}.`,
    critique: ASKS_FOR_MORE,
    summary: null,
  };
  return [accepted, other].sort((one, two) => one.version - two.version);
}

const SCORES = { voice: 6, pace: 4, continuity: 8, clarity: 8 };
const ASKS_FOR_MORE: Critique = {
  scores: SCORES,
  problems: [{ quote: 'Other', problem: 'It is flat.', suggestion: 'Raise it.' }],
  verdict: 'revise',
};
const PLEASED: Critique = { scores: SCORES, problems: [], verdict: 'accept' };

function draft(
  scene: SceneView,
  { prose, run = 'a', provider = 'rehearsal', accepted = 'the second' }: BookShape,
): DraftVersion[] {
  const text = prose === undefined ? `Prose ${scene.chapter}.${scene.scene}.` : prose(scene.chapter, scene.scene);
  if (text === undefined) return [];
  return [
    {
      id: `${run}-draft-${scene.chapter}-${scene.scene}`,
      sceneId: scene.sceneId,
      chapter: scene.chapter,
      scene: scene.scene,
      revision: 1,
      version: accepted === 'the second' ? 2 : 1,
      accepted: true,
      prose: text,
      words: text.split(' ').length,
      metrics: { dialogue: 0.4 },
      critique: { 'at once': PLEASED, 'the first': ASKS_FOR_MORE, 'the second': null }[accepted],
      findings: [],
      reflection: null,
      summary: 'It happened.',
      provider,
      model: 'novelist',
      runId: `${run}-run`,
      attempt: 1,
      createdAt: run === 'a' ? AT : '2025-05-05T00:00:00.000Z',
    },
  ];
}
