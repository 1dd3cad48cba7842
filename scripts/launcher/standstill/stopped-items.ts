import { counted, someOf } from '../screen/format';
import { type BacklogPage, nameOf, type ShownItem } from './backlog-page';

/** What the launcher asks the gateway for. */
export interface StoppedItemsSource {
  backlog(query: Record<string, string>): Promise<BacklogPage>;
  /** Where the plan is over REST. */
  planUrl: string;
  /** When lore is begun, as the plan's brief says. */
  lorePolicy: string;
}

const WITH_METADATA = 'with the metadata that it shows, see docs/backlog.md';
/** Blocked for good by a resume that named too little; the resume of the plan has all there is to name. */
const RESUMED_IN_VAIN = 'METADATA_MISSING';
const SEE_LORE = 'see docs/lore.md';

/** Which items of a plan wait for somebody, each kind in a line that says what to do; nothing of what goes on by itself. */
export async function stoppedItems(source: StoppedItemsSource): Promise<string[]> {
  const { items: cancelled, counts } = await source.backlog({ status: 'cancelled', limit: '3', order: 'graph' });
  const lines: string[] = [];
  if (counts.byStatus.blocked) {
    const { items } = await source.backlog({ status: 'blocked', limit: '100', order: 'graph' });
    lines.push(...(await waitingForLore(items, source)), ...blockedOtherwise(items, source));
  }
  const [first] = cancelled;
  if (first) {
    const total = counts.byStatus.cancelled ?? cancelled.length;
    const who = total === 1 ? `${nameOf(first)} was` : `${total} items (${namesOf(cancelled, total)}) were`;
    lines.push(`${who} cancelled; to go on, POST ${resumeUrl(first, source)} ${WITH_METADATA}`);
  }
  return lines;
}

/** Lore that nobody has begun: what waits for it may wait for ever, or until the SLA has passed. */
async function waitingForLore(blocked: ShownItem[], source: StoppedItemsSource): Promise<string[]> {
  const waiting = blocked.filter(({ reasonCode }) => reasonCode === 'LORE_NOT_READY');
  if (waiting.length === 0 || source.lorePolicy === 'immediate') return [];
  const { items } = await source.backlog({ phase: 'lore', status: 'pending', limit: '100', order: 'graph' });
  const unbegun = new Set(items.filter(({ awaitsRelease }) => awaitsRelease).map(({ itemId }) => itemId));
  const lore = new Map(
    waiting.flatMap((item) => item.lore).flatMap((one) => (unbegun.has(one.itemId) ? [[one.itemId, one]] : [])),
  );
  const [first] = lore.values();
  if (!first) return [];
  const who = waiting.length === 1 ? `${nameOf(waiting[0]!)} waits` : `${waiting.length} items wait`;
  const names = someOf([...lore.values()].map(({ name }) => name));
  const begins =
    source.lorePolicy === 'manual'
      ? 'lore.policy is manual, so only you can start it:'
      : 'it starts when its SLA has passed, or with';
  const post = `POST ${source.planUrl}/lore/${first.requirementId}/fulfill`;
  const others = lore.size > 1 ? ', likewise for the others' : '';
  return [`${who} for lore (${names}); ${begins} ${post}${others}, ${SEE_LORE}`];
}

function blockedOtherwise(blocked: ShownItem[], source: StoppedItemsSource): string[] {
  const byCode = new Map<string, ShownItem[]>();
  for (const item of blocked) {
    const code = item.reasonCode ?? 'blocked';
    if (code !== 'LORE_NOT_READY') byCode.set(code, [...(byCode.get(code) ?? []), item]);
  }
  return [...byCode].map(([code, items]) => {
    const first = items[0]!;
    const { requirementId } = first.target;
    const who = items.length === 1 ? nameOf(first) : `${counted(items.length, 'item')} (${namesOf(items)})`;
    if (code === 'LORE_AWAITS_APPROVAL' && requirementId) {
      const url = `${source.planUrl}/lore/${requirementId}`;
      return `${who}: ${first.reason ?? code}; read it at ${url}, POST ${url}/approve or /reject, ${SEE_LORE}`;
    }
    if (code === RESUMED_IN_VAIN)
      return `${who} blocked: ${first.reason ?? code}; to go on, POST ${source.planUrl}/resume`;
    return `${who} blocked: ${first.reason ?? code}; to go on, POST ${resumeUrl(first, source)} ${WITH_METADATA}`;
  });
}

function namesOf(items: ShownItem[], total = items.length): string {
  return someOf(items.map(nameOf), total);
}

function resumeUrl({ itemId }: ShownItem, { planUrl }: StoppedItemsSource): string {
  return `${planUrl}/backlog/${encodeURIComponent(itemId)}/resume`;
}
