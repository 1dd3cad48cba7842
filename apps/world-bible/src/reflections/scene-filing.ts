import { Batcher, Database, isUnavailable, oneByOne, type UnitOfWork } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import type { PreparedFiling } from './prepared-filing';
import { ReflectionsRepository } from './reflections.repository';
import { SceneObligations } from './scene-obligations';

/** A filing has some ten to thirty kilobytes. */
const BATCH = { maxItems: 32, maxFlushes: 1 };

/** Files what scenes tell, and what follows for obligations. */
@Injectable()
export class SceneFiling {
  private readonly batcher = new Batcher<PreparedFiling, void>((batch) => this.flush(batch), BATCH);

  constructor(
    private readonly database: Database,
    private readonly reflections: ReflectionsRepository,
    private readonly obligations: SceneObligations,
  ) {}

  /** Together with others that come within a tick or while earlier ones are written, in one commit. */
  file(prepared: PreparedFiling): Promise<void> {
    return this.batcher.add(prepared);
  }

  /** Alone, in a transaction that has more to do. Answers whether it was not filed before. */
  async fileIn(uow: UnitOfWork, prepared: PreparedFiling): Promise<boolean> {
    const filed = await this.reflections.file(uow, [prepared]);
    await this.obligations.settle(uow, filed);
    return filed.length > 0;
  }

  /** One that cannot be filed must not take its neighbours with it. */
  private async flush(batch: PreparedFiling[]): Promise<(void | Promise<void>)[]> {
    try {
      await this.write(batch);
      return batch.map(() => undefined);
    } catch (error) {
      if (batch.length === 1 || isUnavailable(error)) throw error;
      return oneByOne(batch, (one) => this.write([one]));
    }
  }

  /** One statement; only where obligations may stand otherwise then, it needs a transaction around it. */
  private async write(batch: readonly PreparedFiling[]): Promise<void> {
    if (!batch.some((prepared) => this.obligations.mayMove(prepared))) {
      await this.reflections.file(this.database, batch);
      return;
    }
    await this.database.transaction(async (uow) => {
      await this.obligations.settle(uow, await this.reflections.file(uow, batch));
    });
  }
}
