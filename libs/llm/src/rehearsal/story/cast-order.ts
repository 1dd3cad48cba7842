/** The protagonist, then whoever stands against them, then the rest in the order given. */
export function protagonistFirst<T extends { role: string }>(cast: readonly T[]): T[] {
  const hero = cast.find(({ role }) => /protagonist|hero|lead|narrator|main/i.test(role)) ?? cast[0];
  const rest = cast.filter((member) => member !== hero);
  const counter =
    rest.find(({ role }) => /antagonist|villain|rival|enemy|opponent|adversary/i.test(role)) ?? rest.at(-1);
  return [hero, counter, ...rest.filter((member) => member !== counter)].filter((member) => member !== undefined);
}
