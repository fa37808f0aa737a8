import { NativeSelect } from '@mantine/core';
import type { IncidentView } from '@tocsin/contract';

interface SeveritySelectProps {
  /** The document's, worst first. */
  readonly severities: IncidentView['severities'];
  readonly value: string;
  readonly onChange: (severity: string) => void;
}

/** One of the document's severities, by id and name. */
export function SeveritySelect({ severities, value, onChange }: SeveritySelectProps) {
  return (
    <NativeSelect
      label="Severity"
      size="md"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={severities.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
    />
  );
}
