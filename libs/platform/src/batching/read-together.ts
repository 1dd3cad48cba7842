import { SameTick } from './same-tick';

/**
 * Reads with one statement what is asked for within one tick, of one plan and branch for instance: runs that are begun
 * together begin by asking, each for its own chapter. The reading begins after the last of them has asked, so that nobody is
 * told what was true before.
 * @typeParam S what those who are answered together have in common
 * @typeParam K what each of them asks for
 */
export class ReadTogether<S extends readonly string[], K, V> {
  private readonly readings = new SameTick<ReadonlyMap<K, V>>();
  private readonly wanted = new Map<string, Set<K>>();

  /** @param read asks once for all keys; what it finds nothing for it leaves out. */
  constructor(private readonly read: (scope: S, keys: K[]) => Promise<ReadonlyMap<K, V>>) {}

  /** What is there under a key, which nobody may change; nothing if there is none. Fails if the reading does. */
  async get(scope: S, key: K): Promise<V | undefined> {
    const name = JSON.stringify(scope);
    const keys = this.wanted.get(name) ?? new Set<K>();
    this.wanted.set(name, keys.add(key));
    const found = await this.readings.get(name, () => {
      this.wanted.delete(name);
      return this.read(scope, [...keys]);
    });
    return found.get(key);
  }
}
