import { IdempotencyKeyReusedError } from '@fiction/contracts';
import { takeTurn, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';

const EARLIER = 'SELECT question, reply FROM writes_by_key WHERE plan_id = $1 AND idempotency_key = $2';
const REMEMBER = 'INSERT INTO writes_by_key (plan_id, idempotency_key, question, reply) VALUES ($1, $2, $3, $4)';

/** Does what a person asks for once for each Idempotency-Key of a plan. */
@Injectable()
export class OncePerKey {
  /**
   * @param question what was asked, as far as a repetition must be the same
   * @returns the reply, which JSON must keep, and whether it is an earlier one
   */
  async do<R>(
    uow: UnitOfWork,
    asked: { planId: string; idempotencyKey: string | null; question: unknown },
    work: () => Promise<R>,
  ): Promise<{ reply: R; repeated: boolean }> {
    const { planId, idempotencyKey: key } = asked;
    if (key === null) return { reply: await work(), repeated: false };
    const question: unknown = JSON.parse(JSON.stringify(asked.question));
    await takeTurn(uow, `write:${planId}:${key}`);
    const [earlier] = await uow.query<{ question: unknown; reply: R }>(EARLIER, [planId, key]);
    if (earlier !== undefined) {
      if (!isDeepStrictEqual(earlier.question, question)) throw new IdempotencyKeyReusedError();
      return { reply: earlier.reply, repeated: true };
    }
    const reply = await work();
    await uow.query(REMEMBER, [planId, key, JSON.stringify(question), JSON.stringify(reply)]);
    return { reply, repeated: false };
  }
}
