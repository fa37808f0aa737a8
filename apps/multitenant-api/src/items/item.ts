import { z } from 'zod';
import type { TextRow } from '../database/text-rows.ts';
import { jsonValue } from '../errors/json-value.ts';

/** A row of a tenant as the API shows it. */
export const itemSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    value: jsonValue,
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Item' });

const itemName = z
  .string('a text of 1 to 200 characters')
  .min(1, 'at least 1 character')
  .max(200, 'at most 200 characters');

/** What a POST or PUT sends. */
export const newItemSchema = z
  .strictObject({ name: itemName, value: jsonValue }, 'an object with "name" and "value", and nothing else')
  .meta({ id: 'NewItem' });

/** What a PATCH sends: at least one of the two. */
export const itemChangeSchema = z
  .strictObject(
    { name: itemName.optional(), value: jsonValue.optional() },
    'an object with "name" or "value", and nothing else',
  )
  .refine(
    (change) => change.name !== undefined || change.value !== undefined,
    'at least one of "name" and "value"',
  )
  .meta({ id: 'ItemChange' });

/** The columns of an item in the order that `itemJson` reads them. */
export const itemColumns = 'id, name, value, created_by, created_at, updated_at, version';

/** `2026-01-02 03:04:05.6+00` as PostgreSQL writes an instant in UTC, as ISO 8601 with milliseconds. */
export function isoOfUtc(text: string): string {
  if (!text.endsWith('+00')) throw new Error(`instant ${text}: expected one in UTC`);
  const fraction = text.slice(20, -3).padEnd(3, '0').slice(0, 3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** The JSON of a row of `itemColumns`. Its value is JSON already and is not read again. */
export function itemJson(row: TextRow): string {
  const [id, name, value, createdBy, createdAt, updatedAt, version] = row;
  const instants = `"createdAt":"${isoOfUtc(createdAt ?? '')}","updatedAt":"${isoOfUtc(updatedAt ?? '')}"`;
  return `{"id":"${id}","name":${JSON.stringify(name)},"value":${value},"createdBy":${JSON.stringify(createdBy)},${instants},"version":${version}}`;
}

/** The ETag of a row of `itemColumns`. */
export function etagOfItem(row: TextRow): string {
  return `"${row[0]}.${row[6]}"`;
}
