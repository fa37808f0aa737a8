-- Who commands an incident, until when nobody is to be called, and what the escalation matrix counts from. The first who took it commands it.
update incidents set snapshot = snapshot
  || jsonb_build_object('snoozedUntil', null, 'matrixFrom', snapshot -> 'detectedAt', 'roles', case when snapshot ->> 'acknowledgedBy' is null
       then '{}'::jsonb else jsonb_build_object('commander', snapshot -> 'acknowledgedBy') end);
