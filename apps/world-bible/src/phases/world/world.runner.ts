import {
  counted,
  bookMaterial,
  ENTRY_TYPE_OF_DOMAIN,
  fullBaseline,
  readPlanMaterial,
  WORLD_DOMAINS,
  type Phase,
  type SettledBrief,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { ForkedBranches, type PhaseRunner, type RunContext, type RunOutcome } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { BibleEntry } from '../../bible/bible-entry';
import { EntryVersions } from '../../bible/entry-versions';
import { gatherEntries } from '../../bible/gather-entries';
import { Worlds } from '../../bible/shelf/worlds';
import { mentionedNames } from '../../names/mentioned-names';
import { nameKey } from '../../names/name-key';
import { VisionMissingError } from './vision-missing.error';
import { StandingEntries } from '../../telling/standing-entries';
import { worldDomainTask } from './world.prompt';

/**
 * Reads the brief and the vision; asks, domain by domain, for the entries of the world bible, each domain knowing what
 * those before it and people and lore have settled; files them all at once when the last has answered. Nobody of the brief's
 * cast is left out of the bible, whatever the model has written.
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
    private readonly standing: StandingEntries,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch, runId, revision } = run;
    await this.branches.require(planId, branch);
    const [{ brief, vision }, standing] = await Promise.all([
      run.lookUp('material', async () => {
        const material = await this.requester.ask(readPlanMaterial, { planId, branch });
        // Not recorded: the next attempt looks again.
        if (material.vision === null) throw new VisionMissingError(planId);
        return { brief: material.brief, vision: material.vision };
      }),
      // What people have written and lore has told: this pass builds on it. Recorded, so that an edit meanwhile changes nothing.
      run.lookUp('standing', () => this.standing.of(planId, branch)),
    ]);
    const book = bookMaterial(brief);

    let entries: BibleEntry[] = standing;
    for (const [index, domain] of WORLD_DOMAINS.entries()) {
      const known = entries.map(({ name, type, aliases }) => ({ name, type, aliases }));
      const task = worldDomainTask({ book, vision, entries: known, domain });
      const answer = await run.ask(`domain.${domain}`, task, { ahead: index === WORLD_DOMAINS.length - 1 });
      entries = gatherEntries(entries, ENTRY_TYPE_OF_DOMAIN[domain], answer.entries);
      run.progress(
        (100 * (index + 1)) / WORLD_DOMAINS.length,
        `${domain}: ${counted(entries.length, 'entry', 'entries')} so far`,
      );
    }

    const world = entries.filter((entry) => !standing.includes(entry));
    return {
      message: counted(world.length, 'entry', 'entries'),
      details: { entries: world.length },
      effect: async (uow) => {
        const source = { planId, branch, source: 'world', sourceRef: `${runId}#${revision}` } as const;
        await this.versions.file(uow, { planId, branch, source: 'brief', sourceRef: `${runId}#brief` }, castOf(brief));
        await this.versions.file(uow, source, world);
        const premiseNames = mentionedNames(`${brief.title}\n${brief.text}`);
        await this.worlds.complete(uow, { planId, branch, runId, revision, premiseNames });
      },
    };
  }
}

/** The writer's cast, as the brief has it. */
function castOf({ cast }: SettledBrief): BibleEntry[] {
  const people = cast.map(({ name, role, baseline }): BibleEntry => ({
    name,
    type: 'character',
    aliases: [],
    // What a person knows and never does is not for everybody to read.
    summary: [role, fullBaseline(baseline).voice].filter((part) => part !== '').join('; ') || name,
    facts: [],
    relations: [],
    locked: false,
  }));
  return people.filter(
    ({ name }, index) => people.findIndex((other) => nameKey(other.name) === nameKey(name)) === index,
  );
}
