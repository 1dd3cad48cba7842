import { Injectable } from '@nestjs/common';

/** `undefined`: well. Otherwise what is wrong, for people. */
export type HealthProbe = () => string | undefined | Promise<string | undefined>;

const PROBE_LIMIT_MS = 2_000;

/** The parts of a service say here how they are; `/readyz` asks. */
@Injectable()
export class HealthRegistry {
  private readonly probes = new Map<string, HealthProbe>();

  register(part: string, probe: HealthProbe): void {
    this.probes.set(part, probe);
  }

  /** What is wrong, by part; empty when the service can do its work. */
  async problems(): Promise<Record<string, string>> {
    const found = await Promise.all(
      [...this.probes].map(async ([part, probe]) => [part, await bounded(probe)] as const),
    );
    return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }
}

async function bounded(probe: HealthProbe): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${PROBE_LIMIT_MS} ms`), PROBE_LIMIT_MS);
  });
  try {
    return await Promise.race([Promise.resolve(probe()), limit]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
