import { StackError } from '../stack.error';

/** Programs the system needs, which are not here and could not be installed; the message says what to install. */
export class MissingBinariesError extends StackError {
  constructor(
    readonly missing: readonly string[],
    why: string,
  ) {
    super(
      'MISSING_BINARIES',
      [
        `Cannot find ${missing.join(', ')}, and could not install it: ${why}`,
        'Install by hand, then start again:',
        '  Debian, Ubuntu   apt-get install postgresql redis-server nats-server',
        '  Fedora           dnf install postgresql-server valkey-compat-redis   (nats-server: https://nats.io/download)',
        '  macOS            brew install postgresql@16 redis nats-server',
        ...(missing.includes('prometheus') ? ['The tests need the package prometheus as well.'] : []),
        'Or point DATABASE_URL, REDIS_URL and NATS_URL at servers that are already running.',
      ].join('\n'),
    );
  }
}
