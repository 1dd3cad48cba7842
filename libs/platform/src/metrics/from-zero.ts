import type { Counter, Histogram } from 'prom-client';

/** What each label may say. */
type Labels = Record<string, Iterable<string>>;

/**
 * Shows every combination of these labels as 0 before anything has happened. Prometheus sees no increase in what it has never
 * seen before: of what comes into being with its first failure, that failure is on no panel.
 */
export function fromZero(metric: Counter | Histogram, labels: Labels): void {
  for (const combination of combinationsOf(labels)) {
    if ('inc' in metric) metric.inc(combination, 0);
    else metric.zero(combination);
  }
}

function combinationsOf(labels: Labels): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (found, [name, values]) => found.flatMap((one) => Array.from(values, (value) => ({ ...one, [name]: value }))),
    [{}],
  );
}
