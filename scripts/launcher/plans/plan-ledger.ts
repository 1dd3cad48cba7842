import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from '../write-whole';

const entrySchema = z.object({ idempotencyKey: z.string(), planId: z.string().optional() });

const ledgerSchema = z.object({
  /** By the SHA-256 of the brief. */
  briefs: z.record(z.string(), entrySchema).default({}),
});

/**
 * Which plan was made from which brief, in a file. The key is written down before the plan is asked for: a start
 * that dies in between asks again with the same key, and gets the same plan.
 */
export class PlanLedger {
  private constructor(
    private readonly file: string,
    private readonly state: z.infer<typeof ledgerSchema>,
  ) {}

  static async open(file: string): Promise<PlanLedger> {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    return new PlanLedger(file, ledgerSchema.catch({ briefs: {} }).parse(parseJson(text)));
  }

  planOf(brief: Buffer): string | undefined {
    return this.state.briefs[digest(brief)]?.planId;
  }

  /** The key to create the next plan of this brief with: a new one, unless the last was never answered. */
  async keyFor(brief: Buffer): Promise<string> {
    const entry = this.state.briefs[digest(brief)];
    if (entry && !entry.planId) return entry.idempotencyKey;
    const idempotencyKey = newKey(brief);
    this.state.briefs[digest(brief)] = { idempotencyKey };
    await this.write();
    return idempotencyKey;
  }

  /** This is the plan of that brief now, whoever made it. */
  async planKnown(brief: Buffer, planId: string): Promise<void> {
    const { idempotencyKey = newKey(brief) } = this.state.briefs[digest(brief)] ?? {};
    this.state.briefs[digest(brief)] = { idempotencyKey, planId };
    await this.write();
  }

  /** The brief was refused: a later try, of the same text, is a new one. */
  async planRefused(brief: Buffer): Promise<void> {
    delete this.state.briefs[digest(brief)];
    await this.write();
  }

  private async write(): Promise<void> {
    await writeWhole(this.file, `${JSON.stringify(this.state, null, 2)}\n`);
  }
}

function newKey(brief: Buffer): string {
  return `${digest(brief)}-${randomUUID()}`;
}

function digest(brief: Buffer): string {
  return createHash('sha256').update(brief).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
