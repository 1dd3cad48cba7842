import { chooseBranch, fieldProblems, InvalidInputError, MAIN_BRANCH, type RequestContract } from '@fiction/contracts';
import { ServiceUnavailableError, type Requester } from '@fiction/messaging';

/**
 * Plays the other services: answers what a test has taught it; who was not taught is not there. But for the planner saying
 * which branch is meant: unless a test has taught it, any branch is one, `main` is primary, and nobody notes that it was asked.
 */
export class FakeServices {
  readonly asked: { subject: string; question: unknown }[] = [];
  private readonly answers = new Map<string, (question: never) => unknown>();

  on<Q, A>(contract: RequestContract<Q, A>, answer: (question: Q) => A | Promise<A>): void {
    this.answers.set(contract.subject, answer as (question: never) => unknown);
  }

  clear(): void {
    this.asked.length = 0;
    this.answers.clear();
  }

  async ask<Q, A>(contract: RequestContract<Q, A>, question: unknown): Promise<A> {
    const checked = contract.request.safeParse(question);
    if (!checked.success)
      throw new InvalidInputError(`${contract.subject} is not valid.`, fieldProblems(checked.error));
    const parsed = checked.data;
    if (contract.subject === chooseBranch.subject && !this.answers.has(contract.subject)) {
      return contract.reply.parse({ branch: (parsed as { branch?: string }).branch ?? MAIN_BRANCH });
    }
    this.asked.push({ subject: contract.subject, question: parsed });
    const answer = this.answers.get(contract.subject) as ((question: Q) => unknown) | undefined;
    if (answer === undefined) throw new ServiceUnavailableError(contract.service, 'nobody answers');
    return contract.reply.parse(await answer(parsed));
  }

  /** As what the code under test asks others through. */
  get requester(): Requester {
    return this as unknown as Requester;
  }
}
