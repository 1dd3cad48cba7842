import type { FieldProblem } from '@fiction/contracts';

/**
 * Strings with half of a surrogate pair, which JSON can write and no database can keep. Goes no deeper than a brief
 * does: what lies deeper has been refused already.
 */
export function illFormedStrings(value: unknown, path: string[] = []): FieldProblem[] {
  if (typeof value === 'string') {
    const whole = value.isWellFormed();
    return whole ? [] : [{ field: path.join('.') || '(whole)', message: 'must be well-formed Unicode' }];
  }
  if (typeof value !== 'object' || value === null || path.length > 4) return [];
  return Object.entries(value).flatMap(([key, inner]) => illFormedStrings(inner, [...path, key]));
}
