import type { Owed } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { Injectable } from '@nestjs/common';
import { comparePlaces, storyPoint, type Place } from '../../bible/story-time';
import type { StandingWorld } from '../../bible/shelf/worlds';
import { designCounts } from '../../obligations/designs/design-visibility';
import { standingOf, type Standing, type Turn } from '../../obligations/life/obligation-life';
import { TurnsRepository } from '../../obligations/life/turns.repository';
import { AUTHOR } from '../../personas/persona-id';
import { tellsOf } from '../../reflections/tells-of';
import { BEFORE_VIEWPOINT, firstChapterOf, type Viewpoint } from '../viewpoint';

/** What a scene is told of at most, and how many chapters of designs are looked back on. */
const MOST_OBLIGATIONS = 16;
/** From how many of those that scenes have opened last these are chosen. */
const MOST_OPEN = 8 * MOST_OBLIGATIONS;
const CHAPTERS_BACK = 24;

const LATEST = 'chapter DESC, scene DESC, position DESC';
/** Those that scenes before have opened for the persona and no scene between theirs and the viewpoint has kept. */
const OPENED = `
  SELECT o.key FROM unnest($3::text[]) AS k (key) CROSS JOIN unnest($2::text[]) AS l (branch) CROSS JOIN LATERAL (
    SELECT r.key, r.chapter, r.scene, r.position FROM obligations r
    WHERE r.event = 'opened' AND r.persona_key = k.key AND ${BEFORE_VIEWPOINT}
      AND (SELECT kept.one FROM unnest($2::text[]) AS b (branch) CROSS JOIN LATERAL (
        SELECT 1 AS one FROM obligations d
        WHERE d.event = 'resolved' AND d.plan_id = r.plan_id AND d.branch = b.branch AND d.key = r.key
          AND (d.chapter, d.scene) >= (r.chapter, r.scene) AND (d.chapter, d.scene) < ($5, $6)
          AND ${tellsOf('d', '$2')} LIMIT 1) kept LIMIT 1) IS NULL
    ORDER BY ${LATEST} LIMIT ${MOST_OPEN}) o
  ORDER BY ${LATEST} LIMIT ${MOST_OPEN}`;
/** Those that the designs of earlier chapters plant. */
const PLANNED = `
  SELECT d.key FROM design_obligations d
  WHERE d.plan_id = $1 AND d.branch = ANY($2::text[]) AND d.event = 'plants' AND d.chapter >= $3 AND d.chapter < $4
    AND ${designCounts('d', '$2')}
  ORDER BY d.chapter DESC, d.position LIMIT 400`;
/** Those that people have planted or opened again. */
const SAID = `
  SELECT a.key FROM obligation_actions a
  WHERE a.plan_id = $1 AND a.branch = ($2::text[])[1] AND a.event IN ('planted', 'reopened')
  ORDER BY a.n DESC LIMIT 400`;

/**
 * What a persona and the author still owe the reader at a point of the story. Of scenes and designs only those count that
 * come before for sure, so that the answer is the same whenever the question is asked; what people say counts at once.
 */
@Injectable()
export class OwedRepository {
  constructor(
    private readonly database: Database,
    private readonly history: TurnsRepository,
  ) {}

  async read(
    viewpoint: Viewpoint,
    persona: readonly string[],
    { hasActions }: Pick<StandingWorld, 'hasActions'>,
  ): Promise<Owed[]> {
    const { planId, lineage, continuity, chapter, scene } = viewpoint;
    // Of a loose book nothing surely comes before a scene, neither a scene nor a chapter's design.
    const isLoose = continuity === 'loose';
    const [opened, planned, said] = await Promise.all([
      isLoose ? [] : this.keys(OPENED, [planId, lineage, persona, firstChapterOf(viewpoint), chapter, scene]),
      isLoose ? [] : this.keys(PLANNED, [planId, lineage, Math.max(1, chapter - CHAPTERS_BACK), chapter]),
      hasActions ? this.keys(SAID, [planId, lineage]) : [],
    ]);
    const keys = [...new Set([...opened, ...planned, ...said])];
    if (keys.length === 0) return [];
    const book = await this.history.book(planId, lineage);
    const turns = await this.history.turns(planId, lineage, keys);
    const owed = keys.flatMap((key) => {
      const seen = turnsSeen(turns.get(key) ?? [], viewpoint, persona);
      const standing = standingOf(seen, book);
      return standing?.status === 'open' ? [{ standing, told: tell(standing, seen, viewpoint) }] : [];
    });
    // The keys are those planted last first; among those that were planted at once, the last named.
    const latest = owed.sort((a, b) => comparePlaces(b.standing.lastPlanted, a.standing.lastPlanted));
    const chosen = choose(latest, chapter);
    return latest
      .filter((one) => chosen.has(one))
      .reverse()
      .map(({ told }) => told);
  }

  private async keys(sql: string, values: unknown[]): Promise<string[]> {
    return (await this.database.query<{ key: string }>(sql, values)).map(({ key }) => key);
  }
}

/**
 * Those that are due by the end of the chapter go before the others: of the half of them the longest due, which would
 * otherwise never be told again, then the latest.
 */
function choose<T extends { standing: Pick<Standing, 'due'> }>(latest: readonly T[], chapter: number): Set<T> {
  const urgent = latest.filter(({ standing: { due } }) => due !== null && due.chapter <= chapter);
  const longest = urgent.toSorted((a, b) => comparePlaces(a.standing.due!, b.standing.due!));
  const inOrder = new Set([...longest.slice(0, MOST_OBLIGATIONS / 2), ...urgent, ...latest]);
  return new Set([...inOrder].slice(0, MOST_OBLIGATIONS));
}

/**
 * The turns of one obligation that a scene may know of. A payoff that is planned between the planting and the scene, in a
 * chapter that the scene does not wait for, is taken to happen.
 */
function turnsSeen(turns: readonly Turn[], viewpoint: Viewpoint, persona: readonly string[]): Turn[] {
  const { continuity, chapter } = viewpoint;
  const isTheirs = ({ personaKey }: Turn): boolean => personaKey === AUTHOR || persona.includes(personaKey ?? '');
  const isBefore = (place: Place): boolean =>
    comparePlaces(place, viewpoint) < 0 &&
    (continuity === 'strict' || (continuity === 'chapter' && place.chapter === chapter));
  return turns.flatMap((turn): Turn[] => {
    const place = turn.place;
    if (turn.by === 'scene') {
      return isBefore(place!) && (turn.event === 'resolved' || isTheirs(turn)) ? [turn] : [];
    }
    if (turn.by === 'person') {
      const counts = turn.event !== 'planted' || (isTheirs(turn) && comparePlaces(place!, viewpoint) <= 0);
      return counts ? [turn] : [];
    }
    if (turn.event === 'planted') return continuity !== 'loose' && place!.chapter < chapter ? [turn] : [];
    if (place!.chapter > chapter || (continuity === 'loose' && place!.chapter !== chapter)) return [];
    const assumed: Turn = { ...turn, event: 'resolved' };
    return continuity === 'chapter' && place!.chapter < chapter ? [turn, assumed] : [turn];
  });
}

function tell(standing: Standing, turns: readonly Turn[], viewpoint: Place): Owed {
  const { text, kind, due, dueSource, lastPlanted } = standing;
  const isKnown = due !== null && dueSource !== 'end';
  const word = turns.findLast(({ by }) => by === 'person');
  const place = lastPlanted.scene === 0 ? `chapter ${lastPlanted.chapter}` : storyPoint(lastPlanted);
  const changed = word === undefined ? `planted in ${place}` : [word.event, word.note].filter(Boolean).join(': ');
  return {
    text,
    kind,
    due: isKnown ? storyPoint(due) : null,
    overdue: isKnown && comparePlaces(due, viewpoint) < 0,
    changed,
  };
}
