/** The interface as an OpenAPI 3.1 document, made from the contract. */
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { collectorApi } from '../main/contract/collector.ts';

export function openapi(version: string): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(collectorApi, {
    info: { title: 'Countersign collector', version },
    servers: [{ url: '/v1' }],
  });
}
