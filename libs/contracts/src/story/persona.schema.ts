import { z } from 'zod';

/** Most characters of a line of a baseline, and most lines of each list. */
export const MOST_BASELINE_LINE = 1_000;
export const MOST_BASELINE_LINES = 12;

/** Who a persona is, whatever happens to it. */
export const baselineSchema = z.strictObject({
  /** How it speaks and thinks. */
  voice: z.string(),
  /** What it goes by. */
  values: z.array(z.string()),
  /** What it knows before the story begins. */
  knowledge: z.array(z.string()),
  /** What it never does. */
  forbidden: z.array(z.string()),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** The plain form of a brief's baseline is the voice alone. */
export type GivenBaseline = string | Partial<Baseline>;

/** A baseline with all its parts; what is not given comes from `fallback`. */
export function fullBaseline(given: GivenBaseline, fallback: Partial<Baseline> = {}): Baseline {
  const parts = typeof given === 'string' ? { voice: given } : given;
  return {
    voice: parts.voice ?? fallback.voice ?? '',
    values: parts.values ?? fallback.values ?? [],
    knowledge: parts.knowledge ?? fallback.knowledge ?? [],
    forbidden: parts.forbidden ?? fallback.forbidden ?? [],
  };
}

/** A baseline as prompts carry it: the voice first, then what else there is. */
export function baselineText(given: GivenBaseline): string {
  const { voice, values, knowledge, forbidden } = fullBaseline(given);
  const listed = (label: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : [`${label}: ${lines.join('; ')}`];
  return [
    ...(voice === '' ? [] : [voice]),
    ...listed('Goes by', values),
    ...listed('Knows', knowledge),
    ...listed('Never', forbidden),
  ]
    .map((part, index, parts) => (index < parts.length - 1 ? part.replace(/[.\s]*$/, '.') : part))
    .join(' ');
}

export const PERSONA_KINDS = ['author', 'character'] as const;
export const personaKindSchema = z.enum(PERSONA_KINDS);
export type PersonaKind = z.infer<typeof personaKindSchema>;
