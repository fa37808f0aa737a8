import type { RunbookProblem } from '@tocsin/contract';
import { useState } from 'react';
import { linesToShow } from './lines-to-show.ts';

const contextLines = 3;

interface RunbookTextProps {
  readonly markdown: string;
  readonly problems: readonly RunbookProblem[];
}

/** The Markdown with line numbers, each problem right below its line; the lines around the problems first, all on request. */
export function RunbookText({ markdown, problems }: RunbookTextProps) {
  const [all, setAll] = useState(false);
  const lines = all || problems.length > 0 ? linesToShow(markdown, problems, all ? null : contextLines) : [];
  return (
    <>
      {lines.length > 0 && (
        <div className="runbook-text">
          {lines.map((one) =>
            'hidden' in one ? (
              <div key={`gap ${one.from}`} className="text-gap quiet small">
                {one.hidden} {one.hidden === 1 ? 'line' : 'lines'} without a problem
              </div>
            ) : (
              <div key={one.line}>
                <div className="text-line" data-problem={one.problems.length > 0}>
                  <span className="line-number">{one.line}</span>
                  <code>{one.text}</code>
                </div>
                {one.problems.map((problem) => (
                  <InlineProblem
                    key={`${problem.code} ${problem.column} ${problem.message}`}
                    problem={problem}
                  />
                ))}
              </div>
            ),
          )}
        </div>
      )}
      <button type="button" className="text-button" onClick={() => setAll(!all)}>
        {all ? 'Hide the text' : 'Show every line of the text'}
      </button>
    </>
  );
}

function InlineProblem({ problem }: { readonly problem: RunbookProblem }) {
  return (
    <div className="text-problem" data-level={problem.level}>
      <strong>
        {problem.level} {problem.code}
      </strong>{' '}
      <span className="quiet small">
        line {problem.line}, column {problem.column}
      </span>
      <div>{problem.message}</div>
      {problem.suggestion !== null && <div className="pre-line small">Write: {problem.suggestion}</div>}
    </div>
  );
}
