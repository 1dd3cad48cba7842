/** A sequence whose next item can be looked at before it is used. */
export class Lookahead<T> {
  private current: IteratorResult<T, unknown> | undefined;

  constructor(private readonly items: AsyncIterator<T>) {}

  /** Drops items until one is wanted, and shows it without using it up. */
  async skipTo(wanted: (item: T) => boolean): Promise<T | undefined> {
    this.current ??= await this.items.next();
    while (this.current.done !== true && !wanted(this.current.value)) this.current = await this.items.next();
    return this.current.done === true ? undefined : this.current.value;
  }
}
