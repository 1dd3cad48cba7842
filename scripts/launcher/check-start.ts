import { briefDigest, DomainError } from '@fiction/contracts';
import { ProvidersFileError } from '@fiction/llm';
import { ConfigError, loadConfig } from '@fiction/platform';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseMarkdownBrief } from '../../apps/gateway/src/brief/brief.parser';
import { ProviderCatalogue, type BindableProviders } from '../../apps/gateway/src/brief/provider-catalogue';
import { slug } from '../../apps/gateway/src/manuscript/file-name';
import { checkTemporaryFolder, TemporaryFolderError } from '../../apps/gateway/src/manuscript/temporary-folder';
import { GatewayProblemError } from './gateway/gateway-problem.error';
import { LaunchError } from './launch.error';
import type { StartOptions } from './start-options';

type Environment = Readonly<Record<string, string | undefined>>;

/** Stand for what a start gives its services itself. */
const GIVEN_LATER = {
  DATABASE_URL: 'postgres://127.0.0.1/fiction',
  REDIS_URL: 'redis://127.0.0.1',
  NATS_URL: 'nats://127.0.0.1',
};

/**
 * Refuses what is known to be wrong before anything is forgotten or started: environment, providers file, brief,
 * and where the manuscript is put together and goes, each judged by the code that the services judge it by.
 * @returns the digest of the brief, the same for every one that says the same
 * @throws {LaunchError} naming everything that is wrong
 */
export function checkStart(options: Pick<StartOptions, 'brief' | 'out'>, env: Environment): string {
  const providers = readProviders(env);
  const brief = readBrief(options.brief, providers);
  for (const extension of ['md', 'json']) {
    const file = join(options.out, `${slug(brief.title)}.${extension}`);
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new LaunchError('MANUSCRIPT_NOT_SAVED', `${file} is a folder, but the manuscript would go there.`);
    }
  }
  checkFolderForExports(env);
  return briefDigest(brief);
}

function checkFolderForExports(env: Environment): void {
  try {
    checkTemporaryFolder(env.TMPDIR || undefined);
  } catch (error) {
    if (error instanceof TemporaryFolderError) throw new LaunchError(error.code, error.message);
    throw error;
  }
}

function readProviders(env: Environment): BindableProviders {
  const addresses = Object.entries(GIVEN_LATER).map(([name, stand]) => [name, env[name]?.trim() ? env[name] : stand]);
  const own = { HOST: undefined, PORT: undefined, FICTION_PARENT_PID: undefined };
  try {
    const config = loadConfig('gateway', { ...env, ...Object.fromEntries(addresses), ...own });
    const catalogue = new ProviderCatalogue(config);
    return catalogue.bindable((provider) => {
      const variable = catalogue.keyVariable(provider);
      return variable !== undefined && !env[variable]?.trim();
    });
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ProvidersFileError) {
      throw new LaunchError(error.code, error.message);
    }
    throw error;
  }
}

function readBrief({ path, content }: StartOptions['brief'], providers: BindableProviders) {
  try {
    return parseMarkdownBrief(content, providers);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { status, code, message, errors = [] } = error;
    const refusal = new GatewayProblemError(status, { title: message, code, errors });
    throw new LaunchError('BRIEF_REFUSED', `The brief ${path} was refused. ${refusal.message}`);
  }
}
