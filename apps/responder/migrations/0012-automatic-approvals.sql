-- What a policy approved without a person, counted over all incidents by its circuit breaker.
create index incident_events_automatic on incident_events (at) where body ? 'automatic';
