/** A map that forgets what was not asked for the longest, once it holds more than `most`. */
export class LruMap<V> {
  private readonly items = new Map<string, V>();

  constructor(private readonly most: number) {}

  get(key: string): V | undefined {
    const value = this.items.get(key);
    if (value !== undefined) {
      this.items.delete(key);
      this.items.set(key, value);
    }
    return value;
  }

  set(key: string, value: V): void {
    this.items.delete(key);
    this.items.set(key, value);
    if (this.items.size > this.most) this.items.delete(this.items.keys().next().value!);
  }

  /** Forgets `key`, if it still is this `value`. */
  drop(key: string, value: V): void {
    if (this.items.get(key) === value) this.items.delete(key);
  }
}
