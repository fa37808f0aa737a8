import { AppError, newId } from '#platform';
import type { Handlers } from '../handler.ts';

export const drillHandlers = {
  startDrill: async ({ ports }, { body }) => {
    const id = newId('drill');
    // One drill at a time: whose fault is it otherwise? The open one is named in the refusal.
    const { rows } = await ports.database.query<{ id: string; name: string; added: boolean }>(
      `with open as (select id, name from drills where ended_at is null limit 1),
            added as (insert into drills (id, name, injected_at, hold_ms)
                      select $1, $2, $3, $4 where not exists (select from open) returning id, name)
       select id, name, false as added from open union all select id, name, true from added`,
      [id, body.name, new Date(body.injectedAt), body.holdMs],
    );
    const [row] = rows;
    if (row?.added !== true)
      throw new AppError('conflict', `drill "${row?.name}" (${row?.id}) is still running; end it first`);
    return { id };
  },

  endDrill: async ({ ports }, { params }) => {
    const { rowCount } = await ports.database.query(
      'update drills set ended_at = clock_timestamp() where id = $1 and ended_at is null',
      [params.id],
    );
    if (rowCount === 0) throw new AppError('not-found', `drill "${params.id}": none with this id is running`);
    return { ok: true };
  },
} satisfies Partial<Handlers>;
