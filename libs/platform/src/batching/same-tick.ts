/**
 * Reads the same thing once for all who ask for it within one tick: runs that are begun together begin by asking the same.
 * The reading begins after the last of them has asked, so that nobody is told what was true before.
 */
export class SameTick<V> {
  private asked = new Map<string, Promise<V>>();

  /** @param key what is read; who gives the same key is given the same value, which nobody may change. */
  get(key: string, read: () => Promise<V>): Promise<V> {
    let value = this.asked.get(key);
    if (value === undefined) {
      value = new Promise<V>((resolve) => {
        setImmediate(() => {
          this.asked.delete(key);
          resolve(read());
        });
      });
      this.asked.set(key, value);
    }
    return value;
  }
}
