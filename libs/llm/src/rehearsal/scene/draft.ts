import { BUSINESS, CLOSINGS, OPENINGS, SENSES, SNIPPETS, THOUGHTS } from '../banks/fillers';
import { EXCHANGES } from '../banks/exchanges';
import type { BeatKind } from '../banks/event-types';
import { render, slotsOf } from '../language/template';
import { countWords, sentencesOf } from '../language/wording';
import { viewOf, type SceneView } from '../story/materials';
import { playBeat } from './play-beat';
import { SceneStage } from './scene-stage';

export const SCENE_DEFAULTS: Partial<SceneView> = {
  targetWords: 900,
  world: [],
  previous: null,
  persona: { name: '', baseline: '', memories: [], obligations: [] },
  findings: [],
  prose: '',
};

export function draftScene(material: unknown): string {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  return new SceneWriter(new SceneStage(view), view.targetWords).write();
}

type FillerBank = 'talk' | 'sense' | 'business' | 'thought';

const FILLERS: Record<FillerBank, readonly string[]> = {
  talk: EXCHANGES,
  sense: SENSES,
  business: BUSINESS,
  thought: THOUGHTS,
};

/** What may follow a beat, in turn. */
const AFTER: Record<BeatKind, readonly FillerBank[]> = {
  arrive: ['sense', 'business', 'talk', 'thought'],
  find: ['thought', 'business', 'talk', 'sense'],
  ask: ['talk', 'business', 'thought', 'sense'],
  obstacle: ['talk', 'sense', 'business', 'thought'],
  settle: ['business', 'talk', 'thought', 'sense'],
  learn: ['thought', 'talk', 'sense', 'business'],
  leave: ['sense', 'thought', 'business', 'talk'],
  linger: ['sense', 'thought', 'talk', 'business'],
};

interface Part {
  kind: BeatKind;
  texts: string[];
}

/** Writes one scene: its beats in order, and between them as much small matter as the length asks for. */
class SceneWriter {
  private words = 0;
  private readonly used = new Set<string>();

  constructor(
    private readonly stage: SceneStage,
    private readonly target: number,
  ) {}

  write(): string {
    const played = this.stage.view.scene.beats.map((beat) => playBeat(this.stage, beat));
    const most = this.target * 1.06;
    let total = played.reduce((sum, { full }) => sum + countWords(full), 0);
    const brief = new Set<number>();
    for (const index of played
      .map((_, at) => at)
      .sort((a, b) => countWords(played[b]!.full) - countWords(played[a]!.full))) {
      if (total <= most) break;
      total += countWords(played[index]!.brief) - countWords(played[index]!.full);
      brief.add(index);
    }
    const parts = played.map(({ kind, full, brief: short }, index): Part => ({
      kind,
      texts: [brief.has(index) ? short : full],
    }));
    for (const part of parts) this.account(part.texts[0]!);
    const opening = this.fitted(OPENINGS, 'opening');
    const closing = this.fitted(CLOSINGS, 'closing');
    this.fill(parts);
    return [
      ...(opening === undefined ? [] : [opening]),
      ...parts.flatMap(({ texts }) => texts),
      ...(closing === undefined ? [] : [closing]),
    ]
      .join('\n')
      .split('\n')
      .join('\n\n');
  }

  private fill(parts: Part[]): void {
    let idle = 0;
    for (let turn = 0; this.words < this.target * 0.97 && idle < parts.length * 4; turn += 1) {
      const part = parts[turn % parts.length]!;
      const bank = AFTER[part.kind][Math.floor(turn / parts.length) % 4]!;
      const text = this.fitted(FILLERS[bank], bank);
      idle = text === undefined ? idle + 1 : 0;
      if (text !== undefined) part.texts.push(text);
    }
    this.finish(parts);
  }

  /** The last few words: single sentences at the end of paragraphs that are not talk. */
  private finish(parts: Part[]): void {
    for (let turn = 0; this.words < this.target * 0.95 && turn < SNIPPETS.length * 2; turn += 1) {
      const text = this.fitted(SNIPPETS, 'snippet');
      const part = parts[(turn + 1) % parts.length]!;
      if (text !== undefined) part.texts[part.texts.length - 1] += ` ${text}`;
    }
  }

  /** A unit of the bank that fits what is left, repeats nothing, and needs nobody who is not there. */
  private fitted(bank: readonly string[], name: string): string | undefined {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const template = this.stage.decks.draw(name, bank);
      if (
        this.stage.other === undefined &&
        slotsOf(template).some(
          (slot) => slot === 'b' || slot.startsWith('b.') || slot.startsWith('b:') || slot.startsWith('the'),
        )
      )
        continue;
      const text = render(template, this.stage.context);
      if (this.words + countWords(text) > this.target * 1.05) continue;
      if (sentencesOf(text).some((sentence) => this.used.has(sentence))) continue;
      this.account(text);
      return text;
    }
    return undefined;
  }

  private account(text: string): void {
    this.words += countWords(text);
    for (const sentence of sentencesOf(text)) this.used.add(sentence);
  }
}
