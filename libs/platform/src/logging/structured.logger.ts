import type { LoggerService, LogLevel } from '@nestjs/common';
import pino, { type Logger, type LoggerOptions } from 'pino';
import { LogOutput } from './log-output';

const STANDARD_OUTPUT = 1;

/** Nest's log as lines of JSON, one per event, on standard output. */
export class StructuredLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(service: string, level: string) {
    const options: LoggerOptions = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime };
    // Pino's own output ends the process over a line that cannot be written, and then waits in its end, deaf, until it can.
    const output = new LogOutput(STANDARD_OUTPUT, (lines, why) =>
      lineOf(options, `${lines} lines of the log could not be written: ${why}`),
    );
    process.once('exit', () => output.flushSync());
    this.pino = pino(options, output);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  setLogLevels(_levels: LogLevel[]): void {
    // The level is given once, by the configuration.
  }

  /** Nest passes the context last and, for errors, the stack before it. */
  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const details = (context === undefined ? rest : rest.slice(0, -1)).filter((part) => part !== undefined);
    const error = message instanceof Error ? message : details.find((part) => part instanceof Error);
    const text =
      message instanceof Error ? message.message : typeof message === 'string' ? message : JSON.stringify(message);
    this.pino[level](
      { context, ...(error !== undefined && { err: error }), ...(details.length > 0 && !error && { details }) },
      text,
    );
  }
}

function lineOf(options: LoggerOptions, message: string): string {
  let line = '';
  pino(options, { write: (text: string) => void (line = text) }).warn(message);
  return line;
}
