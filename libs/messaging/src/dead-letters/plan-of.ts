import { z } from 'zod';

const planId = z.string().min(1).max(300);
/** Where messages name their plan: most of them directly, news of runs in each event, starts of runs in each start. */
const named = z.object({ planId });
const news = z.object({ events: z.tuple([named], z.unknown()) });
const starts = z.object({ starts: z.tuple([named], z.unknown()) });

/** The plan that a message is about, as far as that can be read; of several the first. */
export function planOf(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const first = news.safeParse(body).data?.events[0] ?? starts.safeParse(body).data?.starts[0];
    return named.safeParse(body).data?.planId ?? first?.planId ?? null;
  } catch {
    return null;
  }
}
