import { createZodDto } from 'nestjs-zod';
import type { z } from 'zod';

type Properties = Record<string, { type?: unknown; anyOf?: unknown }>;
type Describe = (this: void) => unknown;
interface Described {
  _OPENAPI_METADATA_FACTORY(): unknown;
}

/**
 * A DTO class of a zod schema. For a nullable property zod says `type: ['string', 'null']`, which Nest's Swagger module
 * takes for a list of strings; here it becomes `anyOf`.
 */
export function createDto<S extends z.ZodType>(schema: S) {
  const Dto = createZodDto(schema);
  const output = Object.getOwnPropertyDescriptor(Dto, 'Output')!;
  describeNullables(Dto);
  Object.defineProperty(Dto, 'Output', {
    get(this: typeof Dto) {
      const Output = output.get!.call(this) as Described;
      describeNullables(Output);
      return Output;
    },
  });
  return Dto;
}

function describeNullables(Dto: Described): void {
  const describe = Dto._OPENAPI_METADATA_FACTORY.bind(Dto) as Describe;
  Dto._OPENAPI_METADATA_FACTORY = () => {
    const properties = describe() as Properties;
    for (const property of Object.values(properties)) {
      if (!Array.isArray(property.type)) continue;
      property.anyOf = property.type.map((type: unknown) => ({ type }));
      property.type = '';
    }
    return properties;
  };
}
