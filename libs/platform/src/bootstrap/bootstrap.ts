import 'reflect-metadata';
import type { ServiceName } from '@fiction/contracts';
import { Logger, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { loadConfig, type ServiceConfig } from '../config/service.config';
import { StructuredLogger } from '../logging/structured.logger';
import { endsWithLastAnswers } from './last-answers';
import { watchParent } from './parent-watch';

/** A service has this long to end by itself before it is ended, in milliseconds. */
const SHUTDOWN_LIMIT_MS = 8_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface BootstrapOptions {
  service: ServiceName;
  module: (config: ServiceConfig) => DynamicModule;
  /** What a service adds to its HTTP application or connects to it, before it listens. */
  prepare?: (app: NestExpressApplication, config: ServiceConfig) => Promise<void> | void;
}

/** Starts a service as a process of its own: configuration, log, HTTP, orderly end. */
export async function bootstrap(options: BootstrapOptions): Promise<void> {
  const config = loadConfig(options.service);
  // As the first process of a container it would not hear of a signal that it does not handle.
  for (const signal of SIGNALS) process.on(signal, endAtOnce);
  // From the beginning: a service that waits for a bus that will not come must not wait for ever.
  watchParent(config.parentPid, () => process.kill(process.pid, 'SIGTERM'));
  const logger = new StructuredLogger(options.service, config.logLevel);
  const log = new Logger('Bootstrap');
  const app = await NestFactory.create<NestExpressApplication>(options.module(config), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  await options.prepare?.(app, config);
  await app.startAllMicroservices();
  await app.listen(config.port, config.host);
  endInOrder(app, log);
  log.log(`${options.service} listens on ${await app.getUrl()}`);
}

/** Until `endInOrder` there is nothing to put in order. */
function endAtOnce(): never {
  process.exit(0);
}

function endInOrder(app: NestExpressApplication, log: Logger): void {
  const endConnections = endsWithLastAnswers(app.getHttpServer());
  let ending = false;
  const end = (signal: string): void => {
    if (ending) return;
    ending = true;
    log.log(`${signal}: ending`);
    endConnections();
    setTimeout(() => {
      log.warn(`shutdown did not finish within ${SHUTDOWN_LIMIT_MS} ms; exiting`);
      process.exit(1);
    }, SHUTDOWN_LIMIT_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.off(signal, endAtOnce).on(signal, () => end(signal));
}

/** Runs `bootstrap` as the whole of a process: an error is printed once, plainly, and ends it. */
export function main(options: BootstrapOptions): void {
  bootstrap(options).catch((error: unknown) => {
    process.stderr.write(
      `${options.service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  });
}
