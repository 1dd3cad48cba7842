import {
  counted,
  bookMaterial,
  ENTRY_TYPE_OF_DOMAIN,
  readPlanMaterial,
  WORLD_DOMAINS,
  type Phase,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { ForkedBranches, type PhaseRunner, type RunContext, type RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { BibleEntry } from '../../bible/bible-entry';
import { EntryVersions } from '../../bible/entry-versions';
import { gatherEntries } from '../../bible/gather-entries';
import { Worlds } from '../../bible/worlds';
import { mentionedNames } from '../../names/mentioned-names';
import { VisionMissingError } from './vision-missing.error';
import { worldDomainTask } from './world.prompt';

/**
 * Reads the brief and the vision; asks, domain by domain, for the entries of the world bible, each domain knowing what
 * those before it have settled; files them all at once when the last has answered.
 */
@Injectable()
export class WorldRunner implements PhaseRunner {
  readonly phase: Phase = 'world';
  readonly steps = 1 + WORLD_DOMAINS.length;

  constructor(
    private readonly requester: Requester,
    private readonly versions: EntryVersions,
    private readonly worlds: Worlds,
    private readonly branches: ForkedBranches,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch, runId, revision } = run;
    await this.branches.require(planId, branch);
    const { brief, vision } = await run.lookUp('material', async () => {
      const material = await this.requester.ask(readPlanMaterial, { planId, branch });
      // Not recorded: the next attempt looks again.
      if (material.vision === null) throw new VisionMissingError(planId);
      return { brief: material.brief, vision: material.vision };
    });
    const book = bookMaterial(brief);

    let entries: BibleEntry[] = [];
    for (const [index, domain] of WORLD_DOMAINS.entries()) {
      const known = entries.map(({ name, type, aliases }) => ({ name, type, aliases }));
      const answer = await run.ask(`domain.${domain}`, worldDomainTask({ book, vision, domain, entries: known }));
      entries = gatherEntries(entries, ENTRY_TYPE_OF_DOMAIN[domain], answer.entries);
      run.progress(
        (100 * (index + 1)) / WORLD_DOMAINS.length,
        `${domain}: ${counted(entries.length, 'entry', 'entries')} so far`,
      );
    }

    const world = entries;
    return {
      message: counted(world.length, 'entry', 'entries'),
      details: { entries: world.length },
      effect: async (uow) => {
        const source = { planId, branch, source: 'world', sourceRef: `${runId}#${revision}` } as const;
        await this.versions.file(uow, source, world);
        const premiseNames = mentionedNames(`${brief.title}\n${brief.text}`);
        await this.worlds.complete(uow, { planId, branch, runId, revision, premiseNames });
      },
    };
  }
}
