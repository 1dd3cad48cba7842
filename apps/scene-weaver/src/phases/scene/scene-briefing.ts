import {
  bookMaterial,
  followedScene,
  readSceneContext,
  readSceneLore,
  wordsPerScene,
  type Continuity,
  type SceneContext,
  type SceneView,
  type SettledBrief,
} from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { ForkedBranches, numberedStep, PermanentRunError, type RunContext } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { PlanCache } from '../../context/plan-cache';
import { DraftsRepository } from '../../drafts/drafts.repository';
import type { GateInput } from '../../gates';
import type { SceneDraftMaterial } from './scene-draft.prompt';
import type { Voices } from './scene-style';

/** How much of the world a prompt carries, in tokens. */
const WORLD_TOKENS = 2_500;
/** How much of the scene before is shown, in words. */
export const TAIL_WORDS = 120;

/** How much of what is not known yet the prompts tell, in statements. */
const MOST_WITHHELD = 8;

/** Everything a scene is written from, and what it is checked against. */
export interface Briefing {
  sceneId: string;
  loreIds: string[];
  /** What its context was asked with: the lore it may rely on, and which scenes count as before it. */
  asked: { loreIds: string[]; continuity: Continuity };
  material: SceneDraftMaterial;
  gate: Omit<GateInput, 'prose'>;
  voices: Voices;
}

/** Gathers what a scene is written from. What may change while the book is written is recorded as a step. */
@Injectable()
export class SceneBriefing {
  constructor(
    private readonly cache: PlanCache,
    private readonly drafts: DraftsRepository,
    private readonly requester: Requester,
    private readonly branches: ForkedBranches,
  ) {}

  /**
   * @param round of writing, counted from 1: each has the world as it is when it begins
   * @throws BranchNotReadyError before anything is asked or recorded, while the run's branch is not known here.
   */
  async of(run: RunContext, round = 1): Promise<Briefing> {
    const { planId, branch, target } = run;
    const lineage = await this.branches.lineage(planId, branch);
    const { brief } = await this.cache.plan(planId, branch);
    const { scroll } = await this.cache.scroll(planId, branch, target.scrollId!);
    const scene = scroll.scenes.find((candidate) => candidate.sceneId === target.sceneId);
    if (scene === undefined) throw new PermanentRunError('SCENE_MISSING', `${run.runId} has no scene`);
    const at = { chapter: scene.chapter, scene: scene.scene };
    // People may have required more since the chapter was made.
    const lore = await run.lookUp(numberedStep('lore', round), () =>
      this.requester.ask(readSceneLore, { planId, branch, ...at }),
    );
    const loreIds = [...new Set([...lore.sharedLoreIds, ...lore.loreIds])].sort();
    const context = await run.lookUp(numberedStep('context', round), () =>
      this.requester.ask(readSceneContext, {
        planId,
        branch,
        ...at,
        continuity: brief.continuity,
        names: [...scene.cast, scene.place, ...scene.beats.flatMap((beat) => beat.mentions)],
        pov: scene.pov,
        loreIds,
        budgetTokens: WORLD_TOKENS,
      }),
    );
    const before = followedScene(brief.continuity, at, brief.scenesPerChapter);
    const previous = before && (await this.drafts.accepted(planId, lineage, before));
    const tail = previous && lastWords(previous.prose, TAIL_WORDS);
    const targetWords = wordsPerScene(brief);
    const { title, synopsis, plants, payoffs, of } = scroll;
    return {
      sceneId: scene.sceneId,
      loreIds: lore.loreIds,
      asked: { loreIds, continuity: brief.continuity },
      material: {
        book: bookMaterial(brief),
        author: { name: context.author.name, baseline: context.author.summary },
        chapter: { number: scroll.chapter, of, title, synopsis, plants, payoffs },
        scene: { ...designOf(scene), number: scene.scene, of: scroll.scenes.length },
        targetWords,
        previous: previous && tail !== undefined ? { summary: previous.summary, tail } : null,
        world: context.entries,
        persona: context.persona,
        notKnown: withheld(context, scene),
      },
      gate: {
        scene,
        book: { pov: brief.pov, tense: brief.tense, language: brief.language },
        targetWords,
        knownNames: namesOf(brief, scene, context.knownNames),
        lockedFacts: context.lockedFacts,
        notKnown: context.notKnown,
        ...(tail !== undefined && { otherPassages: [tail] }),
      },
      voices: brief,
    };
  }
}

function designOf(scene: SceneView): Omit<SceneDraftMaterial['scene'], 'number' | 'of'> {
  const { goal, conflict, outcome, pov, place, storyTime, cast, beats } = scene;
  return { goal, conflict, outcome, pov, place, storyTime, cast, beats };
}

function namesOf(brief: SettledBrief, scene: SceneView, known: string[]): string[] {
  const own = [scene.pov, scene.place, scene.storyTime, ...scene.cast, ...scene.beats.flatMap((beat) => beat.mentions)];
  return [...new Set([...known, ...brief.cast.map((member) => member.name), brief.author, brief.title, ...own])];
}

/**
 * What the prompts say must not be told: only about those whom they name anyway, since a model keeps best the secret that
 * it was never told.
 */
function withheld({ notKnown, entries }: SceneContext, scene: SceneView): string[] {
  const named = [scene.pov, scene.place, ...scene.cast, ...entries.flatMap(({ name, aliases }) => [name, ...aliases])];
  const keys = new Set(named.map((name) => name.toLowerCase()));
  const told = notKnown.filter(({ entry }) => keys.has(entry.toLowerCase()));
  return told.slice(0, MOST_WITHHELD).map(({ statement }) => statement);
}

/** The last words of a text, from the beginning of a sentence where one is near. */
export function lastWords(text: string, count: number): string {
  const words = text.trim().split(/\s+/);
  if (words.length <= count) return text.trim();
  const tail = words.slice(-count).join(' ');
  const sentence = /[.!?…]["'”’»)]*\s+(?=\S)/u.exec(tail.slice(0, tail.length / 2));
  return sentence === null ? tail : tail.slice(sentence.index + sentence[0].length);
}
