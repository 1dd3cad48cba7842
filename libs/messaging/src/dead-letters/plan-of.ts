import { z } from 'zod';

const planId = z.string().min(1).max(300);
/** Where messages name their plan: most of them directly, news of runs in each of their events. */
const named = z.object({ planId });
const news = z.object({ events: z.tuple([named], z.unknown()) });

/** The plan that a message is about, as far as that can be read; of several the first. */
export function planOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    return named.safeParse(body).data?.planId ?? news.safeParse(body).data?.events[0].planId ?? null;
  } catch {
    return null;
  }
}
