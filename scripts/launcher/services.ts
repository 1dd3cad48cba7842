import {
  freePort,
  isPortFree,
  nextFreePort,
  serviceCommand,
  type ServiceCommand,
  type ServiceSurroundings,
} from '@fiction/stack';
import { LaunchError } from './launch.error';

/** Where the gateway is unless somebody else is there, or it is asked elsewhere. */
export const GATEWAY_PORT = 8_080;
const BARRED_WITHIN_MS = 1_000;

/** Every service of the system but the gateway, whose port and token are special. */
const INNER_SERVICES = [
  'planner',
  'world-bible',
  'scene-weaver',
  'lore-fulfillment',
  'telemetry',
  'conductor',
] as const;

/** Makes the commands of all services; a test puts stand-ins here. */
export type ServiceCommands = (
  surroundings: ServiceSurroundings,
  gateway: { port: number; token: string },
) => Promise<ServiceCommand[]>;

/** The compiled services, each on a port of its own. */
export const compiledServices: ServiceCommands = async (surroundings, { port, token }) => [
  serviceCommand('gateway', port, surroundings, { FICTION_BOOTSTRAP_TOKEN: token }),
  ...(await Promise.all(INNER_SERVICES.map(async (name) => serviceCommand(name, await freePort(), surroundings)))),
];

/**
 * The gateway's port: the one asked for, else 8080 or the next free one.
 * @throws {LaunchError} `PORT_TAKEN` when the one asked for cannot be listened on, `PORT_BARRED` when nobody would call it
 */
export async function gatewayPort(asked: number | undefined): Promise<number> {
  if (asked === undefined) return (await nextFreePort(GATEWAY_PORT)) ?? (await freePort());
  if (!(await isPortFree(asked))) {
    const why = asked < 1_024 ? 'is taken, or needs more rights than this user has' : 'is taken';
    throw new LaunchError('PORT_TAKEN', `port ${asked} ${why}; choose another with --port, or leave --port out`);
  }
  if (await isBarred(asked)) {
    const why = 'browsers and other clients refuse to connect to it, because it belongs to another protocol';
    throw new LaunchError('PORT_BARRED', `port ${asked} cannot be used: ${why}; choose another with --port`);
  }
  return asked;
}

/** Whether it is one of the ports that the fetch standard bars; its own list is asked, by a request that goes nowhere. */
async function isBarred(port: number): Promise<boolean> {
  const signal = AbortSignal.timeout(BARRED_WITHIN_MS);
  const outcome: unknown = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD', signal }).catch(
    (error: { cause?: { message?: string } }) => error.cause?.message,
  );
  return outcome === 'bad port';
}
