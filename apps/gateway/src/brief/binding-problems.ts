import { bindingSchema, type FieldProblem } from '@fiction/contracts';
import type { ProviderNames } from './provider-catalogue';

/** Providers and models that a brief binds and this installation does not have; ill-formed bindings are told elsewhere. */
export function bindingProblems(candidate: unknown, providers: ProviderNames): FieldProblem[] {
  const bindings = (candidate as { bindings?: unknown } | null | undefined)?.bindings;
  if (typeof bindings !== 'object' || bindings === null) return [];
  return Object.entries(bindings).flatMap(([phase, value]) => {
    const binding = bindingSchema.safeParse(value);
    if (!binding.success) return [];
    const { provider, model } = binding.data;
    const field = `bindings.${phase}`;
    if (!providers.has(provider)) {
      const known = providers.names.join(', ');
      return [{ field: `${field}.provider`, message: `there is no provider "${provider}"; there are: ${known}` }];
    }
    if (providers.allows(provider, model)) return [];
    return [{ field: `${field}.model`, message: `provider "${provider}" does not offer the model "${model}"` }];
  });
}
