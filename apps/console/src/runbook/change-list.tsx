import type { RunbookChange } from '@tocsin/contract';

const words: Record<RunbookChange['weight'], string> = {
  weaker: '▼ weaker',
  neutral: '● different',
  safer: '▲ safer',
};

/** What a version does differently, one line a change, in the order of the answer: weaker ones first. */
export function ChangeList({ changes }: { readonly changes: readonly RunbookChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="plain-list changes">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.text}`} data-weight={change.weight}>
          <span className="tag change-weight">{words[change.weight]}</span>
          <span className="source-name">{change.text}</span>
        </li>
      ))}
    </ul>
  );
}
