import type { ServiceConfig } from '@fiction/platform';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { ProviderCatalogue } from './provider-catalogue';

const providersPath = join(__dirname, '../../../../examples/providers.yaml');
const listed = (keys: Record<string, string>) =>
  new ProviderCatalogue({ providersPath, keys } as unknown as ServiceConfig, new Registry()).list();

it('tells of a key whether it is there, and never what it is', () => {
  const openai = (keys: Record<string, string>) => listed(keys).find(({ name }) => name === 'openai');
  expect(openai({})).toMatchObject({
    usable: false,
    problem: 'the environment variable OPENAI_API_KEY is not set',
  });
  expect(openai({ OPENAI_API_KEY: '  ' })).toMatchObject({ usable: false });
  expect(openai({ OPENAI_API_KEY: 'sk-secret' })).toMatchObject({ usable: true, problem: null });
  expect(JSON.stringify(listed({ OPENAI_API_KEY: 'sk-secret' }))).not.toContain('sk-secret');
});
