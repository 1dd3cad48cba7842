import type {
  Blueprint,
  BookMaterial,
  CastMember,
  ChapterOutline,
  LoreNeed,
  PlanPass,
  SceneDesign,
  Vision,
  WorldContextEntry,
  WorldDomain,
} from '@fiction/contracts';

/**
 * The materials of the prompts, as far as the rehearsal model reads them. It may not import the apps that own the
 * prompts, and it must not fall over one that leaves something out.
 */
export type BookView = BookMaterial;

export interface VisionView {
  book: BookView;
  cast: { name: string; role: string; baseline: string }[];
  chapters: number;
}

export interface WorldDomainView {
  book: BookView;
  vision: Vision;
  domain: WorldDomain;
  entries: { name: string; type: string; aliases: string[] }[];
}

export interface PassView {
  book: BookView;
  chapters: number;
  vision: Vision;
  world: { name: string; type: string; summary: string }[];
  earlierPasses: Partial<PlanPass>[];
  passIndex: number;
  isLast: boolean;
}

export interface BlueprintView {
  book: BookView;
  acts: Vision['acts'];
  themes: string[];
  cast: CastMember[];
  chapter: ChapterOutline & { number: number; of: number };
  scenesPerChapter: number;
  wordsPerScene: number;
  previous: Pick<Blueprint, 'title' | 'synopsis' | 'plants'> | null;
  next: ChapterOutline | null;
  known: string[];
}

export interface ScrollView {
  book: BookView;
  chapter: Blueprint & { number: number; of: number; pov: string; places: string[] };
  scenesPerChapter: number;
  wordsPerScene: number;
  world: WorldContextEntry[];
}

export interface LoreDraftView {
  book: BookView;
  need: LoreNeed;
  related: WorldContextEntry[];
  /** Why an earlier draft was rejected, if it was by a person. */
  refused?: { reason?: string };
}

export interface SceneView {
  book: BookView;
  chapter: { number: number; of: number; title: string; synopsis: string; plants: string[]; payoffs: string[] };
  scene: Omit<SceneDesign, 'requiredLore'> & { number: number; of: number };
  targetWords: number;
  previous: { summary: string; tail: string } | null;
  world: WorldContextEntry[];
  persona: { name: string; baseline: string; memories: string[]; obligations: string[] };
  prose: string;
  findings: { gate: string; message: string; quote: string | null }[];
}

/**
 * Fills what a material lacks with empty values, so that readers need not ask.
 * @throws TypeError when it has no book: then it is not a material of ours.
 */
export function viewOf<T>(material: unknown, defaults: Partial<T>): T {
  const given = (material ?? {}) as Record<string, unknown>;
  const book = given['book'] as Partial<BookView> | undefined;
  if (typeof book !== 'object' || book === null) throw new TypeError('The material has no book');
  return { ...defaults, ...withoutNulls(given), book: { ...EMPTY_BOOK, ...book } } as T;
}

const EMPTY_BOOK: BookView = {
  title: 'Untitled',
  author: 'Anonymous',
  genre: ['literary'],
  tone: '',
  audience: '',
  pov: 'third-limited',
  tense: 'past',
  language: 'en',
  premise: '',
};

function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined));
}
