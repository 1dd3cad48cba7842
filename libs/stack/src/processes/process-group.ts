import type { ServiceCommand } from './service-command';
import { SupervisedService, type SupervisionOptions } from './supervised-service';

/** The service processes of one system, by name. */
export class ProcessGroup {
  private readonly services = new Map<string, SupervisedService>();

  constructor(private readonly options: SupervisionOptions) {}

  get names(): string[] {
    return [...this.services.keys()];
  }

  /**
   * Starts a service and waits until it is ready.
   * @throws {ServiceFailedError} when it ends again and again before it is ready, or takes too long
   */
  async start(command: ServiceCommand): Promise<void> {
    const service = this.services.get(command.name) ?? new SupervisedService(command, this.options);
    this.services.set(command.name, service);
    await service.start();
  }

  /** Starts several side by side; when one fails, all are stopped. */
  async startAll(commands: readonly ServiceCommand[]): Promise<void> {
    const failures: unknown[] = [];
    const startOne = async (command: ServiceCommand): Promise<void> => {
      try {
        await this.start(command);
      } catch (error) {
        // The first to fail is the reason; the others fail because they are stopped now.
        failures.push(error);
        await this.stopAll();
      }
    };
    await Promise.all(commands.map(startOne));
    if (failures.length > 0) throw failures[0];
  }

  /** SIGKILL, as a crash would; returns when the process is gone. */
  async kill(name: string): Promise<void> {
    await this.get(name).kill();
  }

  /** Stops a service in good order and starts it again, waiting until it is ready. */
  async restart(name: string): Promise<void> {
    await this.get(name).stop();
    await this.get(name).start();
  }

  async stop(name: string): Promise<void> {
    await this.get(name).stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.stop()));
  }

  /** Waits until the named service, or its successor after a kill, is ready. */
  async whenReady(name: string): Promise<void> {
    await this.get(name).whenReady();
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.get(name).signal(signal);
  }

  pidOf(name: string): number | undefined {
    return this.get(name).pid;
  }

  urlOf(name: string): string {
    return `http://127.0.0.1:${this.get(name).command.port}`;
  }

  private get(name: string): SupervisedService {
    const service = this.services.get(name);
    if (!service) throw new Error(`no service "${name}" in this group; there are ${this.names.join(', ')}`);
    return service;
  }
}
