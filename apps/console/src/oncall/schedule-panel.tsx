import type { OnCallSchedule, ShiftView } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatDate } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

type Schedule = OnCallSchedule['schedules'][number];

/** The shifts of one schedule, layer by layer; times are those of the reader's clock. */
export function SchedulePanel({ schedule }: { readonly schedule: Schedule }) {
  return (
    <Panel title={schedule.name} aside={schedule.zone}>
      {schedule.layers.map((layer) => (
        <section key={layer} className="stack" aria-label={`Layer ${layer}`}>
          {schedule.layers.length > 1 && <h3>Layer {layer}</h3>}
          <Shifts shifts={schedule.shifts.filter((one) => one.layer === layer)} />
        </section>
      ))}
      <p className="quiet small">
        Times are those of your clock; the schedule’s own zone is {schedule.zone}.
      </p>
    </Panel>
  );
}

function Shifts({ shifts }: { readonly shifts: readonly ShiftView[] }) {
  const now = useNow();
  if (shifts.length === 0) return <p className="warn-text">Nobody in these days.</p>;
  return (
    <ol className="plain-list shifts">
      {shifts.map((one) => (
        <li
          key={`${one.from} ${one.person}`}
          aria-current={Date.parse(one.from) <= now && now < Date.parse(one.to) ? 'time' : undefined}
        >
          <span className="numbers">{formatDate(one.from)}</span>
          <span className="source-name">
            {one.name}
            <Why shift={one} />
            <span className="quiet small block">
              to <span className="numbers">{formatDate(one.to)}</span>
              {one.place > 1 && ', next in line'}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Why({ shift }: { readonly shift: ShiftView }) {
  if (shift.why === 'turn') return null;
  const instead = shift.instead === null ? '' : ` for ${shift.instead}`;
  return (
    <span className="tag">{shift.why === 'override' ? `override${instead}` : `stands in${instead}`}</span>
  );
}
