import type { Brief } from './brief.schema';
import type { FieldProblem } from './errors';

/** What a brief asks for that is not built yet: better refused than quietly run as something else. */
export function unavailableChoices({ lore }: Pick<Brief, 'lore'>): FieldProblem[] {
  const { policy = 'immediate', approval = 'auto' } = lore ?? {};
  return [
    ...(policy === 'immediate'
      ? []
      : [{ field: 'lore.policy', message: `"${policy}" is not available yet; use "immediate"` }]),
    ...(approval === 'auto'
      ? []
      : [{ field: 'lore.approval', message: `"${approval}" is not available yet; use "auto"` }]),
  ];
}
