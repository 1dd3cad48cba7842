import { GROUPS, type Reference } from '@fiction/stylometry';

const LINE = 110;

/** A reference as the source of `english.reference.ts`. */
export function referenceSource({ edition, triples, scales, boundary, chance }: Reference): string {
  const groups = GROUPS.map((group) => {
    const { means, factors, weight, share } = scales[group];
    return [
      `    ${group}: {`,
      `      weight: ${weight},`,
      `      share: ${share},`,
      `      means: [\n${filled(means)}\n      ],`,
      `      factors: [\n${filled(factors)}\n      ],`,
      '    },',
    ].join('\n');
  });
  const text = triples.join('');
  const lines = Array.from({ length: Math.ceil(text.length / 99) }, (_, at) => text.slice(at * 99, at * 99 + 99));
  return `// Made by \`npm run bench -- --only=drift --reference\` from the passages in libs/testing/authors; a test holds it to them.
import type { Reference } from './reference';

/** Letters in threes, one after the other. */
const TRIPLES = [
${lines.map((line) => `  ${quoted(line)},`).join('\n')}
].join('');

/** What the passages of known authors in libs/testing/authors have taught. */
export const ENGLISH: Reference = {
  edition: '${edition}',
  triples: TRIPLES.match(/.../gsu)!,
  boundary: ${boundary},
  chance: ${chance},
  scales: {
${groups.join('\n')}
  },
};
`;
}

function quoted(line: string): string {
  return line.includes("'") ? `"${line}"` : `'${line}'`;
}

function filled(values: readonly number[]): string {
  const lines = [''];
  for (const value of values) {
    const next = `${lines.at(-1)!}${lines.at(-1) === '' ? '        ' : ' '}${value},`;
    if (next.length > LINE) lines.push(`        ${value},`);
    else lines[lines.length - 1] = next;
  }
  return lines.join('\n');
}
