import { useQuery } from '@tanstack/react-query';
import { OnCallPanel } from '../home/on-call-panel.tsx';
import { Failure } from '../layout/failure.tsx';
import { WakeMePanel } from '../push/wake-me-panel.tsx';
import { queries } from '../queries.ts';
import { ChangeForm } from './change-form.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { ReadinessPanel } from './readiness-panel.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { WarningsPanel } from './warnings-panel.tsx';

/** Who is on call now and in the 14 days to come, what is wrong with it, and how it is changed. */
export function OnCallPage() {
  const { data, error } = useQuery(queries.onCallSchedule);
  return (
    <div className="page">
      <h1>On call</h1>
      <Failure error={error} />
      {data !== undefined && (
        <>
          <WarningsPanel warnings={data.warnings} />
          <div className="columns">
            <div className="stack">
              {data.schedules.map((schedule) => (
                <SchedulePanel key={schedule.id} schedule={schedule} />
              ))}
              {data.schedules.length === 0 && (
                <p className="quiet">
                  There are no schedules: the levels name people, who are on call at all times.
                </p>
              )}
            </div>
            <div className="stack">
              <OnCallPanel />
              <WakeMePanel />
              <ReadinessPanel />
              <ChangesPanel changes={data.changes} />
              <ChangeForm schedule={data} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
