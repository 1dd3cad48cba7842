import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, listAt, readDocument, readText, ROOT } from './manifest-files';

const FOLDER = 'observability/grafana/dashboards';
const dashboards = readdirSync(join(ROOT, FOLDER)).map((file) => JSON.parse(readText(join(FOLDER, file))) as unknown);
const panels = dashboards.flatMap((dashboard) => listAt(dashboard, 'panels'));
const expressions = panels.flatMap((panel) => listAt(panel, 'targets').map((target) => at(target, 'expr') as string));

/** Names of all metrics that the services register. */
function registered(): Set<string> {
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.includes('node_modules'))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );
  return new Set(sources.flatMap((source) => [...source.matchAll(/name: '(fiction_\w+)'/g)].map(([, name]) => name!)));
}

it('shows only metrics that a service registers', () => {
  const metrics = registered();
  const shown = expressions.flatMap((expression) => expression.match(/fiction_\w+/g) ?? []);
  const unknown = shown.filter((name) => !metrics.has(name) && !metrics.has(name.replace(/_(bucket|sum|count)$/, '')));
  expect(shown.length).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});

it('asks the data source that is provisioned, on panels that do not overlap', () => {
  const source = at(readDocument('observability/grafana/provisioning/datasources/prometheus.yml'), 'datasources', 0);
  const cells = new Set<string>();
  for (const panel of panels) {
    if (at(panel, 'type') !== 'row') expect(at(panel, 'datasource', 'uid')).toBe(at(source, 'uid'));
    const { x, y, w, h } = at(panel, 'gridPos') as Record<'x' | 'y' | 'w' | 'h', number>;
    for (let column = x; column < x + w; column += 1) {
      for (let line = y; line < y + h; line += 1) {
        expect(cells.has(`${column},${line}`)).toBe(false);
        cells.add(`${column},${line}`);
      }
    }
  }
  expect(new Set(panels.map((panel) => at(panel, 'id'))).size).toBe(panels.length);
});
