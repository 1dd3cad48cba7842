import type { FieldProblem } from '@fiction/contracts';

/** Deeper than any body of ours goes; what is deeper is refused by its schema. */
const DEEPEST = 20;

/** Texts that PostgreSQL keeps neither as text nor in JSON: with NUL in them, or half of a surrogate pair. Names count too. */
export function unkeptTexts(value: unknown, path: string[] = []): FieldProblem[] {
  if (typeof value === 'string') return unkept(value, path);
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = name.toWellFormed().replaceAll('\0', '?');
    return [...unkept(name, [...path, field]), ...unkeptTexts(inner, [...path, field])];
  });
}

function unkept(text: string, path: string[]): FieldProblem[] {
  const field = path.join('.') || '(whole)';
  if (text.includes('\0')) return [{ field, message: 'must not contain control characters' }];
  return text.isWellFormed() ? [] : [{ field, message: 'must be well-formed text' }];
}
