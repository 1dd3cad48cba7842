/** `1 section`, `2 sections`; `3 entries` when the plural is given. For messages that people read. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
