import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import { compileRunbook, type Plan } from '../../src/index.ts';
import { PLAN_SCHEMA_ID, planJsonSchema, type planSchema, printedPlan } from '../../src/schema/index.ts';
import { lostPromises } from './lost-promises.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const read = (path: string, base: URL = fixtures): string => readFileSync(new URL(path, base), 'utf8');
const published: Record<string, unknown> = JSON.parse(read('../../../../docs/plan.schema.json'));
const documents = [
  ...readdirSync(fixtures)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, read(name)] as const),
  ['runbooks/outage.md', read('../../../../runbooks/outage.md')] as const,
];
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(published);
const validateClosed = new Ajv2020({ strict: true, allErrors: true }).compile(closed(published));

/** The schema without room for more: a property that it does not know is an error. */
function closed(schema: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value && 'type' in value
      ? { ...value, additionalProperties: false }
      : value,
  );
}

function mistakesIn(plan: Plan, check = validateClosed): unknown {
  const printed: unknown = JSON.parse(JSON.stringify(printedPlan(plan)));
  return check(printed) ? [] : check.errors;
}

describe('the schema of the plan', () => {
  it('is that of the types, in both directions', () => {
    expectTypeOf<z.infer<typeof planSchema>>().toEqualTypeOf<Plan>();
    expectTypeOf<Required<z.infer<typeof planSchema>>>().toEqualTypeOf<Required<Plan>>();
  });

  it('is the published one, and names its version', () => {
    expect(published).toEqual(planJsonSchema());
    expect(published).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: PLAN_SCHEMA_ID,
    });
  });

  it.each(documents)('describes the plan of %s, to the last property', (_, markdown) => {
    const plan = compileRunbook(markdown);
    expect(mistakesIn(plan)).toEqual([]);
    expect(mistakesIn(plan, validate)).toEqual([]);
  });

  it('describes the plan of any text', () => {
    const lines = documents.flatMap(([, markdown]) => markdown.split('\n'));
    const line = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...lines) },
      { weight: 1, arbitrary: fc.string() },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 80 }), (some) => {
        expect(mistakesIn(compileRunbook(some.join('\n')))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a hash that is none', { hash: 'abc' }],
    ['a list that is missing', { phases: undefined }],
    ['a severity without criteria', { severities: [{ id: 'P0', name: 'Down' }] }],
    ['another version', { schema: 'urn:tocsin:plan:2' }],
  ])('refuses %s', (_, wrong) => {
    const printed = { ...printedPlan(compileRunbook('# A')), ...wrong };
    expect(validate(JSON.parse(JSON.stringify(printed)))).toBe(false);
  });

  it('leaves room: a reader of today takes a plan that says more', () => {
    const printed = { ...printedPlan(compileRunbook('# A')), rehearsals: [] };
    expect(validate(printed)).toBe(true);
  });
});

describe('version 1 of the schema', () => {
  const frozen: Record<string, unknown> = JSON.parse(read('plan-schema-1.json'));

  it('has only grown since it was published', () => {
    expect(lostPromises(frozen, published)).toEqual([]);
  });

  it.each([
    ['a property is gone', '"percentile":', '"percent":', '#/$defs/threshold/properties/percentile'],
    ['a property may be absent', '"phases",', '', '#/required/phases'],
    ['a type is another', '"bound":{"type":"boolean"', '"bound":{"type":"string"', 'bound/type'],
    ['a value of an enum is gone', '"destroy"', '"wreck"', 'enum/destroy'],
  ])('would not keep its word when %s', (_, from, to, place) => {
    const compact = JSON.stringify(published);
    expect(compact).toContain(from);
    const broken: unknown = JSON.parse(compact.replace(from, to));
    expect(lostPromises(frozen, broken)).toContainEqual(expect.stringContaining(place));
  });
});
