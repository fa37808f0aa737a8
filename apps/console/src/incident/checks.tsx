import type { CheckView } from '@tocsin/contract';
import { Mark } from '../layout/mark.tsx';

/** Checks before or after a change, each with its result in words. */
export function Checks({ title, checks }: { readonly title: string; readonly checks: readonly CheckView[] }) {
  if (checks.length === 0) return null;
  return (
    <div className="fact">
      <h4>{title}</h4>
      <ul className="plain-list checks">
        {checks.map((check) => (
          <li key={check.name}>
            <Mark ok={check.ok} />
            <span>
              {check.text} <span className="quiet">({check.name})</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
