import type { IncidentView, PageView } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatTimeOfDay } from '../time/format-time.ts';
import { pageStateWords } from './status-words.ts';

/** Who was woken, how far each page has come, and who was reached. */
export function PagesPanel({ incident }: { readonly incident: IncidentView }) {
  return (
    <Panel title="Pages" aside={`level ${incident.escalationLevel}`}>
      {incident.pages.length === 0 && <p className="quiet">Nobody has been paged yet.</p>}
      <ul className="plain-list">
        {incident.pages.map((page) => (
          <li key={page.id} className="source">
            <span className="level">{page.level}</span>
            <span className="source-name">
              {page.personName}
              <span className="quiet small block">
                {page.channels.map((one) => `${one.channel}: ${one.state}`).join(', ')}
              </span>
              {page.note !== null && <span className="small block">{page.note}</span>}
            </span>
            <span className="small right">{reached(page)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function reached(page: PageView): string {
  if (page.acknowledgedAt !== null) {
    const by = page.acknowledgedByName === null ? '' : ` by ${page.acknowledgedByName}`;
    return `✓ acknowledged ${formatTimeOfDay(page.acknowledgedAt)}${by}`;
  }
  const at = page.deliveredAt ?? page.at;
  return `${pageStateWords[page.state]} ${formatTimeOfDay(at)}`;
}
