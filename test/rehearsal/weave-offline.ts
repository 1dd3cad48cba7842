import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bookMaterial,
  blueprintSchema,
  baselineText,
  briefSchema,
  ENTRY_TYPE_OF_DOMAIN,
  followedScene,
  settleBrief,
  WORLD_DOMAINS,
  wordsPerScene,
  type Blueprint,
  type Brief,
  type Critique,
  type GateFinding,
  type PlanPass,
  type Reflection,
  type SceneDesign,
  type Scroll,
  type SettledBrief,
  type Vision,
  type WorldContextEntry,
  type WorldDomain,
  type WorldEntryDraft,
  openedObligation,
} from '@fiction/contracts';
import { parseTask, renderTask, type ModelTask } from '@fiction/llm';
import { parse } from 'yaml';
import { rehearse } from '../../libs/llm/src/rehearsal';
import { loreCheckTask } from '../../apps/lore-fulfillment/src/phases/lore/checking/lore-check.prompt';
import { loreDraftTask } from '../../apps/lore-fulfillment/src/phases/lore/lore-draft.prompt';
import { blueprintTask } from '../../apps/planner/src/phases/blueprint/blueprint.prompt';
import { plannerPassTask } from '../../apps/planner/src/phases/planner/planner.prompt';
import { scrollTask } from '../../apps/planner/src/phases/scroll/scroll.prompt';
import { visionTask } from '../../apps/planner/src/phases/vision/vision.prompt';
import { checkScene, type GateInput } from '../../apps/scene-weaver/src/gates';
import { lastWords, TAIL_WORDS } from '../../apps/scene-weaver/src/phases/scene/scene-briefing';
import { sceneCritiqueTask } from '../../apps/scene-weaver/src/phases/scene/scene-critique.prompt';
import { sceneDraftTask, type SceneDraftMaterial } from '../../apps/scene-weaver/src/phases/scene/scene-draft.prompt';
import { sceneReflectTask } from '../../apps/scene-weaver/src/phases/scene/scene-reflect.prompt';
import { sceneReviseTask } from '../../apps/scene-weaver/src/phases/scene/scene-revise.prompt';
import { sceneSummariseTask } from '../../apps/scene-weaver/src/phases/scene/scene-summarise.prompt';
import { mentionedNames } from '../../apps/world-bible/src/names/mentioned-names';
import { worldDomainTask } from '../../apps/world-bible/src/phases/world/world.prompt';

export interface OfflineScene {
  design: SceneDesign;
  material: SceneDraftMaterial;
  draft: string;
  critique: Critique;
  prose: string;
  reflection: Reflection;
  summary: string;
}

export interface OfflineBook {
  brief: SettledBrief;
  vision: Vision;
  world: WorldContextEntry[];
  passes: PlanPass[];
  chapters: { blueprint: Blueprint; scroll: Scroll; scenes: OfflineScene[] }[];
}

/** The sample briefs, read as the planner reads them. */
export function readBrief(file: string): Brief {
  const text = readFileSync(join(__dirname, '../../examples/briefs', file), 'utf8');
  const [, front = '', premise = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  return briefSchema.parse({ ...(parse(front) as object), text: premise.trim() });
}

export const settled = (brief: Brief): SettledBrief => settleBrief(brief, { provider: 'rehearsal', model: 'novelist' });

/** Asks through the rendered conversation, as over the wire, and holds the answer to the task's schema. */
export function ask<T>(task: ModelTask<T>): T {
  const { task: name, material } = parseTask(renderTask(task));
  const answer = rehearse(name, material, task.schema);
  return task.schema === undefined ? (answer as T) : task.schema.parse(JSON.parse(answer));
}

/** A whole book through the real prompts, without any service: what the phases do, in the order in which they do it. */
export function weaveOffline(brief: SettledBrief, limits: { chapters?: number } = {}): OfflineBook {
  const book = bookMaterial(brief);
  const { chapters, scenesPerChapter, cast } = brief;
  const vision = ask(
    visionTask({
      book: bookMaterial(brief, Infinity),
      cast: cast.map((member) => ({ ...member, baseline: baselineText(member.baseline) })),
      chapters,
      scenesPerChapter,
      targetWords: brief.targetWords,
    }),
  );
  const world = weaveWorld(brief, vision);
  const index = (): { name: string; type: WorldContextEntry['type']; summary: string }[] =>
    world.map(({ name, type, summary }) => ({ name, type, summary }));
  const passes: PlanPass[] = [];
  for (let passIndex = 0; passIndex < brief.planningPasses; passIndex += 1) {
    const isLast = passIndex === brief.planningPasses - 1;
    passes.push(
      ask(
        plannerPassTask({
          book,
          chapters,
          scenesPerChapter,
          vision,
          world: index(),
          earlierPasses: passes,
          passIndex,
          isLast,
        }),
      ),
    );
  }
  const result: OfflineBook = { brief, vision, world, passes, chapters: [] };
  const obligations: string[] = [];
  const outlines = passes.at(-1)!.chapters.slice(0, limits.chapters);
  for (const at of outlines.keys()) result.chapters.push(weaveChapter(result, at, obligations));
  return result;
}

function weaveWorld(brief: SettledBrief, vision: Vision): WorldContextEntry[] {
  const book = bookMaterial(brief);
  const world: WorldContextEntry[] = [];
  for (const domain of WORLD_DOMAINS) {
    const entries = world.map(({ name, type, aliases }) => ({ name, type, aliases }));
    const answer = ask(worldDomainTask({ book, vision, entries, domain }));
    world.push(...answer.entries.map((entry) => asContext(entry, domain)));
  }
  for (const need of vision.lore) world.push(fulfil(brief, world, need));
  return world;
}

function fulfil(brief: SettledBrief, world: WorldContextEntry[], need: Vision['lore'][number]): WorldContextEntry {
  const book = bookMaterial(brief);
  const draft = ask(loreDraftTask({ book, need, related: world.slice(0, 4) }));
  const verdict = ask(loreCheckTask({ book, draft, locked: [], neighbours: world.slice(0, 4) }));
  if (verdict.verdict !== 'consistent') throw new Error(`The lore check refused ${need.name}`);
  return asContext(draft, need.domain);
}

function asContext({ name, aliases, summary, facts }: WorldEntryDraft, domain: WorldDomain): WorldContextEntry {
  return { name, type: ENTRY_TYPE_OF_DOMAIN[domain], aliases, summary, facts };
}

function weaveChapter(result: OfflineBook, at: number, obligations: string[]): OfflineBook['chapters'][number] {
  const { brief, vision, world, passes, chapters } = result;
  const book = bookMaterial(brief);
  const outlines = passes.at(-1)!.chapters;
  const numbered = { number: at + 1, of: outlines.length };
  const blueprint = ask(
    blueprintTask({
      book,
      acts: vision.acts,
      themes: vision.themes,
      cast: vision.cast,
      scenesPerChapter: brief.scenesPerChapter,
      wordsPerScene: wordsPerScene(brief),
      chapter: { ...outlines[at]!, ...numbered },
      previous: chapters.at(-1)?.blueprint ?? null,
      next: outlines[at + 1] ?? null,
      known: world.map(({ name }) => name),
    }),
  );
  blueprintSchema.parse(blueprint);
  world.push(...blueprint.requiredLore.map((need) => fulfil(brief, world, need)));
  const { pov, places } = outlines[at]!;
  const scroll = ask(
    scrollTask({
      book,
      scenesPerChapter: brief.scenesPerChapter,
      wordsPerScene: wordsPerScene(brief),
      chapter: { ...blueprint, ...numbered, pov, places },
      world,
    }),
  );
  const designs = scroll.sections.flatMap((section) => section.scenes);
  const scenes: OfflineScene[] = [];
  for (const [index, design] of designs.entries()) {
    const { requiredLore, ...scene } = design;
    world.push(...requiredLore.map((need) => fulfil(brief, world, need)));
    const before = followedScene(brief.continuity, { chapter: at + 1, scene: index + 1 }, brief.scenesPerChapter);
    const previous =
      before && [...chapters.map((chapter) => chapter.scenes), scenes][before.chapter - 1]?.[before.scene - 1];
    const material: SceneDraftMaterial = {
      book,
      author: { name: brief.author, baseline: brief.tone },
      chapter: {
        ...numbered,
        title: blueprint.title,
        synopsis: blueprint.synopsis,
        plants: blueprint.plants,
        payoffs: blueprint.payoffs,
      },
      scene: { ...scene, number: index + 1, of: designs.length },
      targetWords: wordsPerScene(brief),
      previous:
        previous === undefined ? null : { summary: previous.summary, tail: lastWords(previous.prose, TAIL_WORDS) },
      world: world.filter(({ name }) => JSON.stringify(scene).includes(name)).slice(0, 12),
      persona: {
        name: design.pov,
        baseline: baselineText(brief.cast.find(({ name }) => name === design.pov)?.baseline ?? ''),
        memories: chapters
          .flatMap((chapter) => chapter.scenes)
          .flatMap(({ reflection }) => reflection.memories.map(({ text }) => text))
          .slice(-4),
        obligations: obligations.map((text) => {
          return { text, kind: 'promise' as const, due: null, overdue: false, changed: 'planted before' };
        }),
      },
      notKnown: [],
    };
    scenes.push(weaveScene(design, material));
    const { obligationsOpened, obligationsResolved } = scenes.at(-1)!.reflection;
    for (const kept of obligationsResolved) obligations.splice(obligations.indexOf(kept), 1);
    const opened = obligationsOpened.map((one) => openedObligation(one).text);
    obligations.push(...opened.filter((text) => !obligations.includes(text)));
  }
  return { blueprint, scroll, scenes };
}

function weaveScene(design: SceneDesign, material: SceneDraftMaterial): OfflineScene {
  const draft = ask(sceneDraftTask(material));
  const critique = ask(sceneCritiqueTask({ ...material, prose: draft }));
  const findings = critique.problems.map(({ quote, problem }) => ({
    gate: 'critique' as const,
    message: problem,
    quote,
  }));
  const prose = critique.verdict === 'accept' ? draft : ask(sceneReviseTask({ ...material, prose: draft, findings }));
  const reflection = ask(sceneReflectTask({ ...material, prose }));
  const { summary } = ask(sceneSummariseTask({ ...material, prose }));
  return { design, material, draft, critique, prose, reflection, summary };
}

/** What the gates of the scene weaver find in a scene: in its first draft, and in what was made of it. */
export function gateFindings(book: OfflineBook, scene: OfflineScene): GateFinding[] {
  const { brief, world } = book;
  const { design, material, draft, prose } = scene;
  const named = world.flatMap(({ name, aliases }) => [name, ...aliases]);
  const cast = brief.cast.map(({ name }) => name);
  const gate: Omit<GateInput, 'prose'> = {
    scene: design,
    book: brief,
    targetWords: material.targetWords,
    knownNames: [...named, ...cast, brief.author, brief.title, ...mentionedNames(`${brief.title}\n${brief.text}`)],
    lockedFacts: world
      .filter(({ type }) => type === 'rule')
      .flatMap(({ name, facts }) => facts.map(({ statement }) => ({ entry: name, statement }))),
    notKnown: notKnownIn(book, scene),
    ...(material.previous !== null && { otherPassages: [material.previous.tail] }),
  };
  return [...new Set([draft, prose])].flatMap((text) => checkScene({ ...gate, prose: text }));
}

/** How far around a scene it is looked for what is not known in it. */
const SCENES_NEAR = 20;

/** What comes true only after a scene, and what people remember of scenes that its point-of-view person was not in. */
function notKnownIn({ chapters }: OfflineBook, { design, reflection }: OfflineScene): GateInput['notKnown'] {
  const scenes = chapters.flatMap((chapter) => chapter.scenes);
  const at = scenes.findIndex((one) => one.reflection === reflection);
  const memories = scenes
    .slice(Math.max(0, at - SCENES_NEAR), at + SCENES_NEAR)
    .flatMap((one) => one.reflection.memories);
  const own = new Set(memories.filter(({ persona }) => persona === design.pov).map(({ text }) => text));
  return [
    ...scenes.slice(at + 1, at + SCENES_NEAR).flatMap((one) => one.reflection.worldChanges),
    ...memories.filter(({ text }) => !own.has(text)).map(({ persona, text }) => ({ entry: persona, statement: text })),
  ];
}
