import { bindingSchema, PHASES, type FieldProblem } from '@fiction/contracts';
import type { BindableProviders } from './provider-catalogue';

/**
 * Providers and models that a brief binds and this installation does not have, or has no key for; ill-formed bindings
 * are told elsewhere.
 */
export function bindingProblems(candidate: unknown, providers: BindableProviders): FieldProblem[] {
  const bindings = (candidate as { bindings?: unknown } | null | undefined)?.bindings ?? {};
  if (typeof bindings !== 'object') return [];
  return [...boundProblems(bindings, providers), ...defaultProblems(bindings, providers)];
}

/** The same of bindings alone, where what is not bound is no default of the installation. */
export function boundProblems(bindings: object, providers: BindableProviders): FieldProblem[] {
  return Object.entries(bindings).flatMap(([phase, value]) => {
    const binding = bindingSchema.safeParse(value);
    return binding.success ? problemsOf(phase, binding.data, providers) : [];
  });
}

function problemsOf(
  phase: string,
  { provider, model }: { provider: string; model: string },
  providers: BindableProviders,
): FieldProblem[] {
  const field = `bindings.${phase}`;
  if (!providers.has(provider)) {
    const known = providers.names.join(', ');
    return [{ field: `${field}.provider`, message: `there is no provider "${provider}"; the providers are: ${known}` }];
  }
  const problems: FieldProblem[] = [];
  const variable = providers.missingKey(provider);
  if (variable !== undefined) problems.push({ field: `${field}.provider`, message: keyMessage(provider, variable) });
  if (!providers.allows(provider, model)) {
    const offered = (providers.models(provider) ?? []).join(', ');
    const message = `provider "${provider}" does not offer the model "${model}"; its models are: ${offered}`;
    problems.push({ field: `${field}.model`, message });
  }
  return problems;
}

/** What is not bound gets the installation's own, which may lack its key as well. */
function defaultProblems(bindings: object, providers: BindableProviders): FieldProblem[] {
  const isUsed = !Object.hasOwn(bindings, 'default') && !PHASES.every((phase) => Object.hasOwn(bindings, phase));
  const variable = isUsed ? providers.missingKey(providers.defaultProvider) : undefined;
  if (variable === undefined) return [];
  const message = `is missing, and the default ${keyMessage(providers.defaultProvider, variable)}`;
  return [{ field: 'bindings.default.provider', message }];
}

const keyMessage = (provider: string, variable: string): string =>
  `provider "${provider}" needs the environment variable ${variable}, which is not set`;
