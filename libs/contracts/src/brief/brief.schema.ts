import { z } from 'zod';
import { DEFAULT_OBLIGATION_TERMS, obligationTermsSchema } from '../story/obligation.schema';
import { MOST_BASELINE_LINE, MOST_BASELINE_LINES } from '../story/persona.schema';
import { PHASES } from '../plan/phases';

/** Tab and line ends are text; nothing else of the kind is. */
const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r]/u;
const clean = (schema: z.ZodString): z.ZodString =>
  schema
    .refine((text) => !CONTROL_CHARACTERS.test(text), 'must not contain control characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed text') as z.ZodString;

const line = (max: number): z.ZodString =>
  clean(z.string().trim().min(1).max(max)).regex(/^[^\n]*$/, 'must be one line');

/** Which provider and model answer: always both, never half of it. */
export const bindingSchema = z.strictObject({ provider: line(100), model: line(200) });
export type Binding = z.infer<typeof bindingSchema>;

/** Bindings by phase; `default` is for all that are not named. */
export const bindingsSchema = z.strictObject(
  Object.fromEntries(['default', ...PHASES].map((key) => [key, bindingSchema.optional()])) as Record<
    'default' | (typeof PHASES)[number],
    z.ZodOptional<typeof bindingSchema>
  >,
);

const baselineLines = z.array(line(300)).max(MOST_BASELINE_LINES);
/** A baseline part by part, as a person gives it; what is left out is filled from the vision's cast. */
export const givenBaselineSchema = z.strictObject({
  voice: line(MOST_BASELINE_LINE).optional(),
  values: baselineLines.optional(),
  knowledge: baselineLines.optional(),
  forbidden: baselineLines.optional(),
});

/** A passage to be written like; with fewer words it would say little. */
const sample = clean(z.string().trim().min(300).max(20_000));

export const briefCastSchema = z.strictObject({
  name: line(100),
  role: line(100).default('character'),
  /** One line is the voice alone. */
  baseline: z
    .union([line(MOST_BASELINE_LINE), givenBaselineSchema], {
      error: 'must be one line of at most 1,000 characters, or a group of voice, values, knowledge and forbidden',
    })
    .default('speaks plainly'),
  sample: sample.optional(),
});

export const CONTINUITIES = ['strict', 'chapter', 'loose'] as const;
/** What a scene waits for: every scene before it, those of its chapter, or none. */
export const continuitySchema = z.enum(CONTINUITIES);
export type Continuity = z.infer<typeof continuitySchema>;

export const POINTS_OF_VIEW = ['first', 'third-limited', 'third-omniscient'] as const;
export const pointOfViewSchema = z.enum(POINTS_OF_VIEW);

/** Longest free text of a brief, in characters. */
export const MAX_BRIEF_TEXT = 200_000;
/** Largest body a brief may come in, in bytes. */
export const MAX_BRIEF_BYTES = 1_000_000;
/** Longest scene that may be asked for, in words; twice as long is still accepted, and can still be filed. */
export const MOST_WORDS_PER_SCENE = 10_000;
/** Words that a scene is to have where the brief does not say how long the book should be. */
const DEFAULT_WORDS_PER_SCENE = 900;
const DEFAULT_CHAPTERS = 10;
const DEFAULT_SCENES_PER_CHAPTER = 4;

const sizeShape = {
  chapters: z.int().min(1).max(400).optional(),
  scenesPerChapter: z.int().min(1).max(40).optional(),
  targetWords: z.int().min(100).max(5_000_000).optional(),
};
type Size = z.infer<z.ZodObject<typeof sizeShape>>;

/** Plans in the default size, and scenes in the default length, where the brief says nothing. */
function settledSize({
  chapters = DEFAULT_CHAPTERS,
  scenesPerChapter = DEFAULT_SCENES_PER_CHAPTER,
  targetWords,
}: Size) {
  const scenes = chapters * scenesPerChapter;
  return { chapters, scenesPerChapter, targetWords: targetWords ?? scenes * DEFAULT_WORDS_PER_SCENE };
}

/**
 * A writer's brief as it comes in: only `title`, `author` and `text` (the premise) are required.
 * `settleBrief` fills the rest.
 */
export const briefSchema = z
  .strictObject({
    title: line(200),
    author: line(200),
    text: clean(z.string().trim().min(1, 'the premise is missing').max(MAX_BRIEF_TEXT)),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en or pt-BR')
      .optional(),
    genre: z.array(line(60)).min(1).max(8).optional(),
    tone: line(300).optional(),
    audience: line(100).optional(),
    pov: pointOfViewSchema.optional(),
    tense: z.enum(['past', 'present']).optional(),
    ...sizeShape,
    planningPasses: z.int().min(1).max(6).optional(),
    continuity: continuitySchema.optional(),
    cast: z.array(briefCastSchema).max(24).optional(),
    bindings: bindingsSchema.optional(),
    lore: z
      .strictObject({
        policy: z.enum(['immediate', 'after-sla', 'manual']).optional(),
        slaSeconds: z.int().min(1).max(31_536_000).optional(),
        approval: z.enum(['auto', 'human']).optional(),
      })
      .optional(),
    obligations: z
      .strictObject({
        scenes: z.int().min(1).max(16_000).optional(),
        hours: z.number().positive().max(87_600).optional(),
      })
      .optional(),
    sample: sample.optional(),
    drift: z.strictObject({ threshold: z.number().min(0.1).max(0.95).optional() }).optional(),
    budget: z
      .strictObject({
        usd: z.number().min(0).max(1_000_000).optional(),
        tokens: z.int().min(1).max(100_000_000_000).optional(),
      })
      .optional(),
  })
  .refine((brief) => wordsPerScene(settledSize(brief)) <= MOST_WORDS_PER_SCENE, {
    path: ['targetWords'],
    error: ({ input }) => {
      const words = wordsPerScene(settledSize(input as Size)).toLocaleString('en');
      const most = MOST_WORDS_PER_SCENE.toLocaleString('en');
      return `makes scenes of ${words} words, and at most ${most} can be written at once: plan more chapters, or more scenes in each`;
    },
    // Beside whatever else is wrong.
    when: ({ value }) => z.object(sizeShape).safeParse(value).success,
  });
export type Brief = z.infer<typeof briefSchema>;

/** The drift that same and other authors part at; docs/drift.md. */
export const DEFAULT_DRIFT_THRESHOLD = 0.5;

/** A brief with nothing left out: what a plan is made from, and what the plan shows. */
export const settledBriefSchema = z.strictObject({
  title: z.string(),
  author: z.string(),
  text: z.string(),
  language: z.string(),
  genre: z.array(z.string()),
  tone: z.string(),
  audience: z.string(),
  pov: pointOfViewSchema,
  tense: z.enum(['past', 'present']),
  chapters: z.int(),
  scenesPerChapter: z.int(),
  targetWords: z.int(),
  planningPasses: z.int(),
  continuity: continuitySchema,
  cast: z.array(briefCastSchema),
  bindings: z.record(z.enum(PHASES), bindingSchema),
  lore: z.strictObject({
    policy: z.enum(['immediate', 'after-sla', 'manual']),
    slaSeconds: z.int(),
    approval: z.enum(['auto', 'human']),
  }),
  /** Plans that were made before there were any have the defaults. */
  obligations: obligationTermsSchema.default(DEFAULT_OBLIGATION_TERMS),
  sample: z.string().optional(),
  /** Plans from before there was drift have the default. */
  drift: z.strictObject({ threshold: z.number() }).default({ threshold: DEFAULT_DRIFT_THRESHOLD }),
  budget: z.strictObject({ usd: z.number().nullable(), tokens: z.int().nullable() }),
});
export type SettledBrief = z.infer<typeof settledBriefSchema>;

/** Fills what a brief leaves out; `defaultBinding` is the installation's setting. Documented in docs/brief.md. */
export function settleBrief(brief: Brief, defaultBinding: Binding): SettledBrief {
  const fallback = brief.bindings?.default ?? defaultBinding;
  return {
    title: brief.title,
    author: brief.author,
    text: brief.text,
    language: brief.language ?? 'en',
    genre: brief.genre ?? ['literary'],
    tone: brief.tone ?? 'plain and attentive',
    audience: brief.audience ?? 'adult',
    pov: brief.pov ?? 'third-limited',
    tense: brief.tense ?? 'past',
    ...settledSize(brief),
    planningPasses: brief.planningPasses ?? 2,
    continuity: brief.continuity ?? 'chapter',
    cast: brief.cast ?? [],
    bindings: Object.fromEntries(
      PHASES.map((phase) => [phase, brief.bindings?.[phase] ?? fallback]),
    ) as SettledBrief['bindings'],
    lore: {
      policy: brief.lore?.policy ?? 'immediate',
      slaSeconds: brief.lore?.slaSeconds ?? 1800,
      approval: brief.lore?.approval ?? 'auto',
    },
    obligations: {
      scenes: brief.obligations?.scenes ?? DEFAULT_OBLIGATION_TERMS.scenes,
      hours: brief.obligations?.hours ?? DEFAULT_OBLIGATION_TERMS.hours,
    },
    ...(brief.sample !== undefined && { sample: brief.sample }),
    drift: { threshold: brief.drift?.threshold ?? DEFAULT_DRIFT_THRESHOLD },
    budget: { usd: brief.budget?.usd ?? null, tokens: brief.budget?.tokens ?? null },
  };
}

/** Target length of one scene, in words. */
export function wordsPerScene(brief: Pick<SettledBrief, 'targetWords' | 'chapters' | 'scenesPerChapter'>): number {
  return Math.max(30, Math.round(brief.targetWords / (brief.chapters * brief.scenesPerChapter)));
}
