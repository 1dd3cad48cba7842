import { waives, type RaisedLore } from '@fiction/contracts';
import type { GateInput } from '../gates';

/** What a scene is checked against when the lore that it has raised is there, and what is waived counts as meant. */
export function withRaised<T extends Pick<GateInput, 'knownNames' | 'lockedFacts'>>(
  gate: T,
  raised: readonly RaisedLore[],
): T {
  if (raised.length === 0) return gate;
  const settled = raised.filter(isSettled);
  const names = settled.filter(({ kind }) => kind === 'entry').map(({ name }) => name);
  const waived = settled.filter(({ kind }) => kind === 'contradiction');
  return {
    ...gate,
    knownNames: [...gate.knownNames, ...names],
    lockedFacts: gate.lockedFacts.map((fact) =>
      waived.some((contradiction) => waives(contradiction, fact)) ? { ...fact, waived: true } : fact,
    ),
  };
}

/** Whether it need not be waited for any more. A contradiction can only be waived. */
export function isSettled({ kind, ready, waived }: RaisedLore): boolean {
  return waived || (ready && kind === 'entry');
}
