import { openedObligation } from '@fiction/contracts';
import { characterPersona } from '../drift/drift-persona';
import { nameKey } from '../names/name-key';
import { factIdOf } from '../telling/fact-id';
import type { PreparedFiling } from './prepared-filing';

/** What a filing writes, table by table, as the statement of the repository reads it. */
export function filingRows({ filing, told, changes, mentions }: PreparedFiling) {
  const { reflection, drift, pov } = filing;
  return {
    plan_id: filing.planId,
    branch: filing.branch,
    scene_id: filing.sceneId,
    revision: filing.revision,
    chapter: filing.chapter,
    scene: filing.scene,
    pov,
    body: told,
    memories: reflection.memories.map(remembered),
    notes: (reflection.worldNotes ?? []).map(remembered),
    obligations: obligationsOf(filing),
    changes: changes.map(({ change, span, refusal }, position) => ({
      position,
      kind: change.kind,
      entry_key: nameKey(change.entry),
      entry: change.entry,
      statement: change.statement,
      target: change.to,
      quote: change.quote,
      quote_start: span?.start ?? null,
      quote_end: span?.end ?? null,
      fact_id: refusal?.factId ?? factIdOf(change.statement),
      refused_entry: refusal?.entryId ?? null,
      refused: refusal !== undefined,
    })),
    mentions: mentions.map(({ entryId, count, firstOffset }) => ({
      entry_id: entryId,
      count,
      first_offset: firstOffset,
    })),
    styles:
      drift === undefined
        ? []
        : [{ pov_persona: characterPersona(pov), item_id: drift.backlogItemId, style: drift.style }],
    unscored: drift === undefined ? [] : [{ pov, samples: drift.samples, threshold: drift.threshold }],
  };
}

function remembered({ persona, text }: { persona: string; text: string }, position: number) {
  return { position, persona_key: nameKey(persona), persona, text };
}

/** What the scene opens and resolves. */
export function obligationsOf({ reflection, pov }: PreparedFiling['filing']) {
  const events = [
    ...reflection.obligationsOpened.map((opened, position) => {
      return { event: 'opened', position, ...openedObligation(opened) };
    }),
    ...reflection.obligationsResolved.map((text, position) => {
      return { event: 'resolved', position, text, kind: 'promise' };
    }),
  ];
  // The promise is the point-of-view person's, who is the one it will be shown to.
  const owner = nameKey(pov);
  return events.map((one) => ({ ...one, key: nameKey(one.text), persona_key: owner, persona: pov }));
}
