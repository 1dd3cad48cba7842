import { chooseBranch, NotFoundError } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** Branches that there are, remembered by this process. */
const KNOWN = 10_000;

/**
 * Which branch a request is about. The planner says so before anybody else is asked: a service cannot tell a branch that
 * is none from one that word has not come of yet, for which it waits.
 */
@Injectable()
export class ChosenBranch {
  /** A branch never vanishes; which one is primary may change at any time and is asked each time. */
  private readonly known = new LRUCache<string, true>({ max: KNOWN });

  constructor(private readonly requester: Requester) {}

  /**
   * The branch that was named, or else the primary one of the plan.
   * @throws PLAN_NOT_FOUND, BRANCH_NOT_FOUND, or SERVICE_UNAVAILABLE when the planner is away and has to be asked
   */
  async of(planId: string, named: string | undefined): Promise<string> {
    const key = (branch: string): string => `${planId}\n${branch}`;
    if (named !== undefined && this.known.has(key(named))) return named;
    const { branch } = await this.requester.ask(chooseBranch, { planId, branch: named });
    this.known.set(key(branch), true);
    return branch;
  }

  /** The same, of a branch on which something is to be written: asked each time. @throws BRANCH_ARCHIVED, or as `of` does */
  async toWrite(planId: string, named: string | undefined): Promise<string> {
    const { branch } = await this.requester.ask(chooseBranch, { planId, branch: named, toWrite: true });
    return branch;
  }

  /** A persona's id names its branch. @throws PERSONA_NOT_FOUND, or as `of` does */
  async ofPersona(planId: string, personaId: string): Promise<void> {
    await this.of(planId, branchOfPersona(planId, personaId));
  }

  /** @throws PERSONA_NOT_FOUND, or as `toWrite` does */
  async ofPersonaToWrite(planId: string, personaId: string): Promise<void> {
    await this.toWrite(planId, branchOfPersona(planId, personaId));
  }
}

function branchOfPersona(planId: string, personaId: string): string {
  const [before, branch] = [`${planId}@`, personaId.slice(planId.length + 1).split(':', 1)[0]!];
  if (!personaId.startsWith(before) || branch === '') throw new NotFoundError('persona', personaId);
  return branch;
}
