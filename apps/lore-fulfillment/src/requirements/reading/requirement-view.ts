import type { LoreRequirementView } from '@fiction/contracts';
import type { RequirementRow } from '../requirement.types';

/** A requirement as others see it. */
export function toView(row: RequirementRow): LoreRequirementView {
  const { id, domain, name, why, kind, status, chapter, scene, source, waived } = row;
  return {
    id,
    domain,
    name,
    why,
    kind,
    status,
    chapter,
    scene,
    source,
    entryId: row.entry_id,
    waived,
    blockedAt: row.blocked_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    breached: row.breached_at !== null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
