import { PHASES, type SettledBrief } from '@fiction/contracts';
import { REHEARSAL_NOTICE } from '@fiction/llm';
import type { Colophon, Credit } from '../book/book-parts';

/** Notes who wrote a book: the models that designed it, or are to where nothing is designed yet, and those that wrote its scenes. */
export class ColophonWriter {
  private readonly scenes = new Map<string, Credit & { scenes: number }>();

  constructor(
    private readonly brief: SettledBrief,
    private readonly designedBy: Credit[],
    private readonly isRehearsal: (provider: string) => boolean,
  ) {}

  count({ provider, model }: { provider: string; model: string }): void {
    const key = JSON.stringify([provider, model]);
    const credit = this.scenes.get(key) ?? { work: 'scene', provider, model, scenes: 0 };
    credit.scenes += 1;
    this.scenes.set(key, credit);
  }

  /** In the order of the phases; of several models that wrote scenes, the busiest first. */
  write(): Colophon {
    const design = PHASES.filter((phase) => phase !== 'scene').flatMap((work): Credit[] => {
      const made = this.designedBy.filter((credit) => credit.work === work);
      return made.length > 0 ? made : [{ work, ...this.brief.bindings[work] }];
    });
    const name = (credit: Credit): string => `${credit.provider}/${credit.model}`;
    const written = [...this.scenes.values()].sort(
      (left, right) => right.scenes - left.scenes || (name(left) < name(right) ? -1 : 1),
    );
    return {
      credits: [...design, ...written],
      notice: written.some(({ provider }) => this.isRehearsal(provider)) ? REHEARSAL_NOTICE : null,
    };
  }
}
