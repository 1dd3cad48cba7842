import { readPlanMaterial, readScroll, type ReplyOf } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

export type PlanMaterial = ReplyOf<typeof readPlanMaterial>;
export type ScrollMaterial = ReplyOf<typeof readScroll>;

/** What the scenes of a plan or a chapter have in common, asked for once: briefs and finished designs do not change. */
@Injectable()
export class PlanCache {
  private readonly plans = new LRUCache<string, Promise<PlanMaterial>>({ max: 50 });
  private readonly scrolls = new LRUCache<string, Promise<ScrollMaterial>>({ max: 200 });

  constructor(private readonly requester: Requester) {}

  async plan(planId: string, branch: string): Promise<PlanMaterial> {
    return once(this.plans, `${planId}@${branch}`, () => this.requester.ask(readPlanMaterial, { planId, branch }));
  }

  async scroll(planId: string, branch: string, scrollId: string): Promise<ScrollMaterial> {
    return once(this.scrolls, `${scrollId}@${branch}`, () =>
      this.requester.ask(readScroll, { planId, branch, scrollId }),
    );
  }
}

/** Those who ask at the same time share one question; a failed one is not kept. */
function once<T>(cache: LRUCache<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const asked = ask();
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
  return asked;
}
