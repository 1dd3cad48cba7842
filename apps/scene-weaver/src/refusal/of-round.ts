/** The name of a step in a round of writing, counted from 1; a scene that is refused once for all has but one. */
export function ofRound(step: string, round: number): string {
  return round === 1 ? step : `${step}.${round}`;
}
