import { SERVICES } from '@fiction/contracts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { at, entriesAt, listAt, readDocument, readDocuments, readText, ROOT } from './manifest-files';

const compose = readDocument('docker-compose.yml');
const prometheus = readDocument('observability/prometheus/prometheus.yml');
const base = readDocument('k8s/base/kustomization.yaml');
const overlay = readDocument('k8s/overlays/local/kustomization.yaml');
const objects = listAt(base, 'resources').flatMap((file) => readDocuments(`k8s/base/${String(file)}`));

/** A service that is asked to end has ended after this time. */
const ENDS_WITHIN_SECONDS = 8;
const MIGRATES_WITHIN_SECONDS = 1_800;
const command = (service: string): string => `node dist/apps/${service}/src/main.js`;
const discovery = at(
  listAt(prometheus, 'scrape_configs').find((job) => at(job, 'job_name') === 'fiction'),
  'dns_sd_configs',
  0,
);
const port = at(discovery, 'port') as number;

function object(kind: string, name: string): unknown {
  const found = objects.filter((one) => at(one, 'kind') === kind && at(one, 'metadata', 'name') === name);
  expect(found).toHaveLength(1);
  return found[0];
}

function container(service: string): unknown {
  return at(object('Deployment', service), 'spec', 'template', 'spec', 'containers', 0);
}

function variables(service: string): Map<unknown, unknown> {
  return new Map(listAt(container(service), 'env').map((variable) => [at(variable, 'name'), variable]));
}

it('sees the same port everywhere', () => {
  expect(readText('Dockerfile')).toContain(`PORT=${port}`);
  expect(readText('Dockerfile')).toContain(`EXPOSE ${port}`);
});

it('has the image give young objects the room that services have everywhere else', () => {
  const [option] = /--max-semi-space-size=\d+/.exec(readText('libs/stack/src/processes/service-command.ts'))!;
  expect(readText('Dockerfile')).toContain(`NODE_OPTIONS=${option}`);
});

describe.each(SERVICES)('%s', (service) => {
  it('is a program of the image', () => {
    expect(existsSync(join(ROOT, 'apps', service, 'src', 'main.ts'))).toBe(true);
  });

  it('is run by Compose, and asked how it is where it listens', () => {
    const own = at(compose, 'services', service);
    expect(at(own, 'command')).toBe(command(service));
    expect(at(own, 'environment')).toMatchObject({
      HOST: '0.0.0.0',
      PORT: String(port),
      DATABASE_URL: expect.stringMatching(/^postgres:/),
      REDIS_URL: expect.stringMatching(/^redis:/),
      NATS_URL: expect.stringMatching(/^nats:/),
    });
    expect(listAt(own, 'healthcheck', 'test').join(' ')).toContain(`http://127.0.0.1:${port}/readyz`);
    expect(entriesAt(own, 'depends_on').map(([name]) => name)).toEqual(['postgres', 'redis', 'nats']);
  });

  it('gets from Compose the password of PostgreSQL as it is, whatever stands in it', () => {
    const own = at(compose, 'services', service, 'environment');
    expect(new URL(String(at(own, 'DATABASE_URL'))).password).toBe('');
    expect(at(own, 'PGPASSWORD')).toBe(at(compose, 'services', 'postgres', 'environment', 'POSTGRES_PASSWORD'));
  });

  it('gets from Compose any providers file, setting and key, and the way to models on the host', () => {
    const own = at(compose, 'services', service);
    // The short form would take `providers.yaml` for the name of a volume.
    expect(listAt(own, 'volumes')).toEqual([
      {
        type: 'bind',
        source: '${FICTION_PROVIDERS_FILE:-./examples/providers.yaml}',
        target: at(own, 'environment', 'FICTION_PROVIDERS'),
        read_only: true,
        bind: { create_host_path: false },
      },
    ]);
    expect(listAt(own, 'env_file')).toEqual([{ path: '.env', required: false }]);
    expect(listAt(own, 'extra_hosts')).toEqual(['host.docker.internal:host-gateway']);
    const token = at(own, 'environment', 'FICTION_BOOTSTRAP_TOKEN');
    expect(token !== '').toBe(service === 'gateway');
  });

  it('is deployed to Kubernetes with probes, resources, and no more rights than it needs', () => {
    const own = container(service);
    expect(listAt(own, 'command').join(' ')).toBe(command(service));
    expect(listAt(own, 'ports')).toEqual([{ name: 'http', containerPort: port }]);
    expect(variables(service).get('PORT')).toEqual({ name: 'PORT', value: String(port) });
    expect(at(own, 'startupProbe', 'httpGet')).toEqual({ path: '/healthz', port: 'http' });
    // Until a service has brought its tables up to date it does not answer; ended before, it would begin again, for ever.
    expect(Number(at(own, 'startupProbe', 'periodSeconds')) * Number(at(own, 'startupProbe', 'failureThreshold'))).toBe(
      MIGRATES_WITHIN_SECONDS,
    );
    expect(at(own, 'livenessProbe', 'httpGet')).toEqual({ path: '/healthz', port: 'http' });
    expect(at(own, 'readinessProbe', 'httpGet')).toEqual({ path: '/readyz', port: 'http' });
    expect(at(own, 'resources')).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
    expect(at(own, 'securityContext')).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    const pod = at(object('Deployment', service), 'spec', 'template', 'spec');
    expect(at(pod, 'securityContext')).toMatchObject({ runAsNonRoot: true });
    expect(at(pod, 'shareProcessNamespace')).toBe(true);
  });

  it('asks Kubernetes for the memory that it was measured to have', () => {
    const row = readText('docs/benchmarks.md')
      .split('\n')
      .find((line) => new RegExp(`^\\| ${service} \\|(?: \\d+ \\|)+$`).test(line))!;
    const measuredMb = Math.max(...row.match(/\d+/g)!.map(Number));
    const [, requestedMi] = /^(\d+)Mi$/.exec(at(container(service), 'resources', 'requests', 'memory') as string)!;
    expect((Number(requestedMi) * 2 ** 20) / 1e6).toBeGreaterThanOrEqual(measuredMb);
  });

  it('gets its secrets by reference alone', () => {
    const given = variables(service);
    for (const [name, key] of [
      ['DATABASE_URL', 'database-url'],
      ['REDIS_URL', 'redis-url'],
      ['NATS_URL', 'nats-url'],
    ] as const) {
      expect(given.get(name)).toEqual({ name, valueFrom: { secretKeyRef: { name: 'fiction-servers', key } } });
    }
    const written = [...given.keys()].filter((name) => at(given.get(name), 'value') !== undefined);
    expect(written).toEqual(['HOST', 'PORT']);
  });

  it('has a name in Kubernetes that stands for each of its replicas', () => {
    expect(at(object('Service', service), 'spec')).toMatchObject({
      clusterIP: 'None',
      // Where PostgreSQL is away nobody is ready, and just then Prometheus must find them.
      publishNotReadyAddresses: true,
      selector: at(object('Deployment', service), 'spec', 'selector', 'matchLabels'),
      ports: [{ port, targetPort: 'http' }],
    });
  });
});

it('runs, deploys and scrapes every service, and nothing else', () => {
  const ours = entriesAt(compose, 'services').filter(([, own]) => at(own, 'image') === 'fiction-weaver:local');
  expect(ours.map(([name]) => name)).toEqual(SERVICES);
  const deployed = objects.filter((one) => at(one, 'kind') === 'Deployment').map((one) => at(one, 'metadata', 'name'));
  expect(deployed).toEqual(SERVICES);
  expect(at(discovery, 'names')).toEqual(SERVICES);
});

it('lets the gateway answer for as long as requests find their way to it, and end in order after that', () => {
  const [, seconds] = listAt(container('gateway'), 'lifecycle', 'preStop', 'exec', 'command');
  const grace = at(object('Deployment', 'gateway'), 'spec', 'template', 'spec', 'terminationGracePeriodSeconds');
  expect(Number(seconds)).toBeGreaterThan(0);
  expect(Number(grace)).toBeGreaterThan(Number(seconds) + ENDS_WITHIN_SECONDS);
});

it('lets Kubernetes scale the scene weaver on its own, and nothing else says how many there are', () => {
  const spec = at(object('HorizontalPodAutoscaler', 'scene-weaver'), 'spec');
  expect(at(spec, 'scaleTargetRef')).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'scene-weaver' });
  expect(at(spec, 'maxReplicas')).toBeGreaterThan(at(spec, 'minReplicas') as number);
  expect(at(object('Deployment', 'scene-weaver'), 'spec')).not.toHaveProperty('replicas');
});

it('scales by what every cluster can measure, and by runs in flight where the overlay asks for it', () => {
  const hpa = object('HorizontalPodAutoscaler', 'scene-weaver');
  // Of a metric that cannot be fetched nothing is ever scaled down.
  expect(listAt(hpa, 'spec', 'metrics').map((metric) => at(metric, 'type'))).toEqual(['Resource']);
  const [patch, ...more] = listAt(readDocument('k8s/components/runs-in-flight/kustomization.yaml'), 'patches');
  expect(more).toEqual([]);
  expect(at(patch, 'target')).toEqual({ kind: at(hpa, 'kind'), name: at(hpa, 'metadata', 'name') });
  expect(parse(String(at(patch, 'patch')))).toMatchObject([
    {
      op: 'add',
      path: '/spec/metrics/0',
      value: { type: 'Pods', pods: { metric: { name: 'fiction_runs_in_flight' } } },
    },
  ]);
});

it('lets the gateway and the two that watch be reached from outside, on loopback alone', () => {
  const published = entriesAt(compose, 'services').flatMap(([name, own]) =>
    listAt(own, 'ports').map((mapping) => `${name} ${String(mapping)}`),
  );
  expect(published).toEqual([
    `gateway 127.0.0.1:\${FICTION_PORT:-8080}:${port}`,
    'prometheus 127.0.0.1:9090:9090',
    'grafana 127.0.0.1:3000:3000',
  ]);
});

it('has, in the local overlay, every secret and config map that the services cannot do without', () => {
  const referred = new Set<unknown>();
  JSON.stringify(objects, (key, value: unknown) => {
    const isReference = ['secretKeyRef', 'secretRef', 'configMapRef', 'configMap'].includes(key);
    if (isReference && at(value, 'optional') !== true) referred.add(at(value, 'name'));
    return value;
  });
  const generators = [...listAt(base, 'configMapGenerator'), ...listAt(overlay, 'secretGenerator')];
  const made = new Set(generators.map((generator) => at(generator, 'name')));
  expect([...referred].filter((name) => !made.has(name))).toEqual([]);
  expect(referred.size).toBe(4);
});

it('has NATS notice clients that died silently as soon as a private one does', () => {
  const settings = readText('k8s/overlays/local/nats.conf').split('\n').slice(1).join('\n');
  expect(readText('libs/stack/src/servers/nats.ts')).toContain(`'${settings.replaceAll('\n', '\\n')}'`);
  const start = '-c /etc/fiction/nats.conf -js';
  expect(at(compose, 'services', 'nats', 'command')).toContain(start);
  expect(listAt(compose, 'services', 'nats', 'volumes')).toEqual([
    './k8s/overlays/local/nats.conf:/etc/fiction/nats.conf:ro',
  ]);
  const server = readDocuments('k8s/overlays/local/servers.yaml').find(
    (one) => at(one, 'kind') === 'StatefulSet' && at(one, 'metadata', 'name') === 'nats',
  );
  expect(listAt(server, 'spec', 'template', 'spec', 'containers', 0, 'args').join(' ')).toContain(start);
  expect(listAt(overlay, 'configMapGenerator')).toEqual([{ name: 'nats', files: ['nats.conf'] }]);
});

it('names only files that are there', () => {
  for (const resource of listAt(overlay, 'resources')) {
    expect(existsSync(join(ROOT, 'k8s/overlays/local', String(resource)))).toBe(true);
  }
  const mounted = entriesAt(compose, 'services').flatMap(([, own]) =>
    listAt(own, 'volumes').map((mount) => String(at(mount, 'source') ?? mount)),
  );
  for (const source of mounted.flatMap((mount) => /^(?:\$\{\w+:-)?(\.\/[^:}]+)/.exec(mount)?.[1] ?? [])) {
    expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
  }
});
