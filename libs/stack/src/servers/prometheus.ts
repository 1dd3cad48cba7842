import { mkdir, writeFile } from 'node:fs/promises';
import { startOnPort } from '../reach/address';
import { probeHttp } from '../reach/probe-http';
import { type InstanceOptions, PrivateInstance } from './private-instance';

/** Starts a private Prometheus with this configuration, in YAML. */
export async function startPrometheus(
  options: InstanceOptions & { binary: string; configuration: string },
): Promise<PrivateInstance> {
  const settings = `${options.dir}.yml`;
  const make = (port: number): PrivateInstance =>
    new PrivateInstance({
      name: 'prometheus',
      url: `http://127.0.0.1:${port}`,
      address: { port },
      dir: options.dir,
      command: [
        options.binary,
        `--config.file=${settings}`,
        `--storage.tsdb.path=${options.dir}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      stopSignal: 'SIGTERM',
      logFile: options.logFile ?? `${options.dir}.log`,
      pids: options.pids,
      prepare: async () => {
        await mkdir(options.dir, { recursive: true });
        await writeFile(settings, options.configuration);
      },
      probe: () => probeHttp(port, '/-/ready'),
    });
  return startOnPort(options.port, make);
}
