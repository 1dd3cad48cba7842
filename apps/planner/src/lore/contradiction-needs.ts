import { lineSchema, worldDomainSchema, type LoreKind, type LoreNeed } from '@fiction/contracts';
import { z } from 'zod';
import { normaliseName } from './need-meaning';

const contradictionSchema = z.object({
  entry: lineSchema,
  statement: lineSchema,
  quote: lineSchema,
  /** Of the entry; the planner does not know the world. */
  domain: worldDomainSchema.catch('history'),
});
const MOST = 300;

/**
 * What a scene says against locked facts, as requirements: named after the entry, one for each fact. The reason begins with
 * the fact, to the letter, so that the scene knows it again.
 */
export function contradictionNeeds(given: unknown[]): (LoreNeed & { kind: LoreKind; meaning: string })[] {
  return given.flatMap((one) => {
    const { data } = contradictionSchema.safeParse(one);
    if (data === undefined) return [];
    const { entry, statement, quote, domain } = data;
    const said = `${statement} – but the scene says: "${quote}"`;
    const why = said.length > MOST ? statement : said;
    const meaning = `contradiction\n${normaliseName(entry)}\n${normaliseName(statement)}`;
    return [{ domain, name: entry, why, kind: 'contradiction', meaning }];
  });
}
