import { z } from 'zod';

/** One line of text: a name, a title, a phrase. */
export const lineSchema = z.string().trim().min(1).max(300);

/** A paragraph or two. */
export const textSchema = z.string().trim().min(1).max(8000);

/**
 * A point of the story as `chapter.scene`, both counted from 1; `0.0` is before the first page.
 * A fact that holds "from 2.3" is first true in the third scene of the second chapter. Model servers make a grammar of the
 * pattern, and not all know `\d`.
 */
export const storyPointSchema = z.string().regex(/^[0-9]{1,4}\.[0-9]{1,4}$/, 'must look like 2.3 (chapter.scene)');
export type StoryPoint = z.infer<typeof storyPointSchema>;
export const BEFORE_THE_STORY: StoryPoint = '0.0';

/** The parts of a world, each asked for on its own. */
export const WORLD_DOMAINS = ['people', 'places', 'factions', 'history', 'rules', 'objects'] as const;
export const worldDomainSchema = z.enum(WORLD_DOMAINS);
export type WorldDomain = z.infer<typeof worldDomainSchema>;

/** Something the world must establish before what needs it is written. */
export const loreNeedSchema = z.strictObject({
  domain: worldDomainSchema,
  name: lineSchema,
  why: lineSchema,
});
export type LoreNeed = z.infer<typeof loreNeedSchema>;

/** Something that must happen on the page; each of `mentions` must appear in the prose to the letter (case aside). */
export const beatSchema = z.strictObject({
  text: lineSchema,
  mentions: z.array(lineSchema).min(1).max(4),
});
export type Beat = z.infer<typeof beatSchema>;
